package io.sallyport.session;

import io.sallyport.api.Recording;
import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Trait;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Lays out what the journal keeps of an action. The part that does not depend on parameter values is laid out once for
 * each analysis, or each list of accesses, and spliced into every record of it.
 */
final class ActionRecord {

    /** The longest text that is kept whole, in bytes; of a longer one this much is kept, with length and digest. */
    static final int LONGEST_TEXT = 64 * 1024;

    private final Recording recording;
    private final Redactor redactor;
    private final UnaryOperator<byte[]> digest;

    /**
     * Records for one session.
     *
     * @param recording how much is kept
     * @param redactor hides what must not be kept
     * @param digest the journal's keyed digest
     */
    ActionRecord(Recording recording, Redactor redactor, UnaryOperator<byte[]> digest) {
        this.recording = recording;
        this.redactor = redactor;
        this.digest = digest;
    }

    /** The fields that tell what was asked: the same for all parameter values. */
    byte[] textFields(Action action) {
        PayloadWriter fields = new PayloadWriter();
        fields.text(PayloadKey.KIND, action.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (recording.requests() == Recording.Level.FULL) {
            text(fields, redactor.redact(action.analysis().utf8()));
        }
        return fields.toByteArray();
    }

    /** The fields that tell what it would do: the same for all texts that are read alike. */
    byte[] accessFields(Action action) {
        PayloadWriter fields = new PayloadWriter();
        if (recording.requests() != Recording.Level.NONE) {
            accesses(fields, action);
        }
        String opaque = action.analysis().opaqueBecause();
        if (opaque != null) {
            fields.text(PayloadKey.OPAQUE, opaque);
        }
        return fields.toByteArray();
    }

    private void text(PayloadWriter fields, byte[] utf8) {
        fields.text(PayloadKey.TEXT, utf8, 0, kept(utf8));
        if (utf8.length > LONGEST_TEXT) {
            fields.number(PayloadKey.TEXT_BYTES, utf8.length);
            byte[] whole = digest.apply(utf8);
            fields.bytes(PayloadKey.TEXT_DIGEST, whole, 0, whole.length);
        }
    }

    /** How much is kept: no more than the limit, and no part of a character. */
    private static int kept(byte[] utf8) {
        int length = Math.min(utf8.length, LONGEST_TEXT);
        while (length < utf8.length && length > 0 && (utf8[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private static void accesses(PayloadWriter fields, Action action) {
        fields.list(PayloadKey.ACCESSES);
        for (Access access : action.accesses()) {
            fields.map(PayloadKey.ITEM);
            fields.text(PayloadKey.VERB, access.verb().name());
            fields.text(PayloadKey.RESOURCE, access.resource().toString());
            if (!access.traits().isEmpty()) {
                fields.list(PayloadKey.TRAITS);
                access.traits().stream().map(Trait::name).sorted().forEach(name -> fields.text(PayloadKey.ITEM, name));
                fields.end();
            }
            fields.end();
        }
        fields.end();
    }

    /** Writes the fields that differ from one action of the same analysis to the next. */
    void varyingFields(PayloadWriter fields, Action action) {
        if (recording.requests() != Recording.Level.FULL) {
            return;
        }
        if (action instanceof SqlStatement sql) {
            if (!sql.parameters().isEmpty()) {
                parameters(fields, sql);
            }
        } else if (action instanceof Command command) {
            fields.list(PayloadKey.PARAMETERS);
            command.argv()
                    .forEach(argument -> redacted(
                            fields, PayloadKey.ITEM, argument.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            fields.end();
        } else if (action instanceof ApiRequest request) {
            fields.text(PayloadKey.METHOD, request.method()).text(PayloadKey.PATH, request.path());
        }
    }

    private void parameters(PayloadWriter fields, SqlStatement sql) {
        fields.list(PayloadKey.PARAMETERS);
        for (int i = 0; i < sql.parameters().size(); i++) {
            SqlStatement.Parameter parameter = sql.parameters().get(i);
            byte[] value = parameter.value();
            if (value == null) {
                fields.map(PayloadKey.ITEM).end();
            } else if (parameter.sha256() != null || value.length > LONGEST_TEXT) {
                longParameter(fields, parameter, value);
            } else if (parameter.binary()) {
                byte[] shown = redactor.redact(value);
                fields.bytes(PayloadKey.ITEM, shown, 0, shown.length);
            } else {
                redacted(fields, PayloadKey.ITEM, value);
            }
        }
        fields.end();
    }

    private void longParameter(PayloadWriter fields, SqlStatement.Parameter parameter, byte[] value) {
        byte[] whole = digest.apply(parameter.sha256() == null ? value : parameter.sha256());
        fields.map(PayloadKey.ITEM);
        fields.number(PayloadKey.TEXT_BYTES, parameter.length());
        fields.bytes(PayloadKey.TEXT_DIGEST, whole, 0, whole.length);
        fields.end();
    }

    private void redacted(PayloadWriter fields, PayloadKey key, byte[] utf8) {
        byte[] shown = redactor.redact(utf8);
        fields.text(key, shown, 0, shown.length);
    }

    /** Writes a map of text. */
    static void map(PayloadWriter fields, PayloadKey key, Map<String, String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        fields.list(key);
        String[] names = entries.keySet().toArray(String[]::new);
        Arrays.sort(names);
        for (String name : names) {
            fields.map(PayloadKey.ITEM).text(PayloadKey.NAME, name);
            fields.text(PayloadKey.VALUE, entries.get(name) + "").end();
        }
        fields.end();
    }
}
