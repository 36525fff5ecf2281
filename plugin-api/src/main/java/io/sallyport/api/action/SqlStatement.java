package io.sallyport.api.action;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One SQL request: all statements of one message, or one execution of a prepared statement with its values.
 *
 * @param analysis what was read from the text
 * @param parameters the values in order, empty if there are none
 * @param context everything else that fixes what runs, such as the effective {@code search_path}; part of an approval's
 *     digest
 */
public record SqlStatement(Analysis analysis, List<Parameter> parameters, Map<String, String> context)
        implements Action {

    /** A statement without parameters. */
    public static SqlStatement of(Analysis analysis, Map<String, String> context) {
        return new SqlStatement(analysis, List.of(), context);
    }

    @Override
    public ActionKind kind() {
        return ActionKind.SQL_STATEMENT;
    }

    /**
     * One value.
     *
     * @param value the bytes as they travel, or null; not to be changed. Long values stand here as their prefix, with
     *     length and hash in the other components
     * @param length the whole length in bytes, -1 for null
     * @param sha256 the hash of the whole value where {@code value} is only its prefix
     * @param binary whether the bytes are in the target's binary format
     * @param type the type that the client declared, 0 if it declared none
     */
    public record Parameter(byte @Nullable [] value, int length, byte @Nullable [] sha256, boolean binary, int type) {

        /** A value that is kept whole. */
        public static Parameter of(byte @Nullable [] value, boolean binary, int type) {
            return new Parameter(value, value == null ? -1 : value.length, null, binary, type);
        }
    }
}
