package io.sallyport.postgres.mask;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.postgres.wire.Report;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides what errors, notices and notifications may quote. Where fields are masked by origin, a text could hold any value in
 * any form: message, detail, where and internal query become fixed texts. Elsewhere the mask for running text is applied.
 */
public final class ReportMasker {

    private static final char[] TEXTS = {'M', 'D', 'H', 'W', 'q'};

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("22001", "value too long for its type"),
            Map.entry("22003", "value out of range"),
            Map.entry("22007", "invalid date or time"),
            Map.entry("22008", "date or time out of range"),
            Map.entry("22012", "division by zero"),
            Map.entry("22P02", "invalid input syntax for its type"),
            Map.entry("22P03", "invalid binary value"),
            Map.entry("22P05", "character not in the encoding"),
            Map.entry("21000", "more than one row where one is expected"),
            Map.entry("23502", "null value violates a not-null constraint"),
            Map.entry("23503", "a foreign key constraint is violated"),
            Map.entry("23505", "duplicate key value violates a unique constraint"),
            Map.entry("23514", "a check constraint is violated"),
            Map.entry("23P01", "an exclusion constraint is violated"),
            Map.entry("25001", "not allowed inside a transaction block"),
            Map.entry("25006", "the transaction is read-only"),
            Map.entry("25P01", "no transaction is in progress"),
            Map.entry("25P02", "current transaction is aborted, commands ignored until end of transaction block"),
            Map.entry("26000", "the prepared statement does not exist"),
            Map.entry("34000", "the cursor does not exist"),
            Map.entry("40001", "could not serialize access"),
            Map.entry("40P01", "deadlock detected"),
            Map.entry("42501", "permission denied"),
            Map.entry("42601", "syntax error"),
            Map.entry("42703", "column does not exist"),
            Map.entry("42704", "object does not exist"),
            Map.entry("42710", "object already exists"),
            Map.entry("42883", "function does not exist"),
            Map.entry("42P01", "relation does not exist"),
            Map.entry("42P07", "relation already exists"),
            Map.entry("53100", "the disk is full"),
            Map.entry("53200", "out of memory"),
            Map.entry("53300", "too many connections"),
            Map.entry("55P03", "a lock is not available"),
            Map.entry("57014", "canceling statement due to user request or timeout"),
            Map.entry("57P01", "terminating connection due to administrator command"),
            Map.entry("P0001", "raised by a function"));

    private ReportMasker() {}

    /** The report as the client may read it, or null if it may leave as it is. */
    public static @Nullable ByteBuf report(
            Report report, int type, @Nullable Masking masking, ByteBufAllocator allocator) {
        if (masking == null || report.code().equals("57P01")) {
            return null;
        }
        if (masking.masksFields() && !isOfOwnText(report)) {
            report.set('M', fixed(report.code()));
            report.set('D', null);
            report.set('W', null);
            report.set('q', null);
            report.set('p', null);
            maskField(report, 'H', masking.textMask());
            return report.write(allocator, type);
        }
        boolean changed = false;
        for (char field : TEXTS) {
            changed |= maskField(report, field, masking.textMask());
        }
        return changed ? report.write(allocator, type) : null;
    }

    /** An error of class 42 at a place in the client's own text quotes that text and nothing else. */
    private static boolean isOfOwnText(Report report) {
        return report.code().startsWith("42")
                && report.bytes('P') != null
                && report.bytes('W') == null
                && report.bytes('q') == null;
    }

    private static byte[] fixed(String code) {
        String text = FIXED.getOrDefault(code, "error " + code + " (its text could quote a masked value)");
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean maskField(Report report, char field, @Nullable Mask mask) {
        byte[] text = report.bytes(field);
        if (text == null || mask == null) {
            return false;
        }
        byte[] masked = masked(text, mask);
        if (masked != null) {
            report.set(field, masked);
        }
        return masked != null;
    }

    /** Running text with what must be hidden replaced, or null if it may leave as it is. */
    public static byte @Nullable [] masked(byte[] text, Mask mask) {
        MaskedValue value = new MaskedValue();
        if (!mask.apply(text, 0, text.length, value)) {
            return null;
        }
        if (value.isNull()) {
            return new byte[0];
        }
        byte[] masked = new byte[value.length()];
        System.arraycopy(value.bytes(), 0, masked, 0, masked.length);
        return masked;
    }
}
