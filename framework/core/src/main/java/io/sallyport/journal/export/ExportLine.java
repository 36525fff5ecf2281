package io.sallyport.journal.export;

import io.sallyport.journal.proof.Hashes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of an export: a JSON object of texts without escapes, then perhaps a list of hashes under {@code path}, then perhaps a record's
 * JSON under {@code record}. Only the exact text that {@link #text()} gives is read back.
 */
final class ExportLine {

    private static final String PATH = ",\"path\":[";
    private static final String RECORD = ",\"record\":";

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<byte[]> path = new ArrayList<>();
    private boolean withPath;
    private String record = "";

    ExportLine put(String name, String value) {
        fields.put(name, value);
        return this;
    }

    ExportLine path(List<byte[]> hashes) {
        path.addAll(hashes);
        withPath = true;
        return this;
    }

    ExportLine record(String json) {
        record = json;
        return this;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    String get(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a line without '" + name + "'");
        }
        return value;
    }

    /** The bytes in a text of Base64, of which there is one for the same bytes. */
    byte[] bytes(String name) {
        byte[] bytes = Base64.getDecoder().decode(get(name));
        if (!Base64.getEncoder().encodeToString(bytes).equals(get(name))) {
            throw new IllegalArgumentException("Base64 that is not canonical");
        }
        return bytes;
    }

    List<byte[]> path() {
        return path;
    }

    String record() {
        return record;
    }

    String text() {
        StringBuilder out = new StringBuilder();
        fields.forEach((name, value) -> out.append(out.isEmpty() ? "{\"" : ",\"")
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
        if (withPath) {
            out.append(PATH);
            for (int i = 0; i < path.size(); i++) {
                out.append(i == 0 ? "\"" : ",\"")
                        .append(HexFormat.of().formatHex(path.get(i)))
                        .append('"');
            }
            out.append(']');
        }
        if (!record.isEmpty()) {
            out.append(RECORD).append(record);
        }
        return out.append('}').toString();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ExportLine parse(String text) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new IllegalArgumentException("a line that is no object");
        }
        ExportLine line = new ExportLine();
        String rest = text.substring(1, text.length() - 1);
        int recordAt = rest.indexOf(RECORD);
        if (recordAt >= 0) {
            line.record = rest.substring(recordAt + RECORD.length());
            rest = rest.substring(0, recordAt);
        }
        int pathAt = rest.indexOf(PATH);
        if (pathAt >= 0 && rest.endsWith("]")) {
            hashes(rest.substring(pathAt + PATH.length(), rest.length() - 1), line);
            rest = rest.substring(0, pathAt);
        }
        for (String field : rest.split(",\"", -1)) {
            String bare = field.startsWith("\"") ? field.substring(1) : field;
            int middle = bare.indexOf("\":\"");
            if (middle < 0 || !bare.endsWith("\"") || bare.length() < middle + 4) {
                throw new IllegalArgumentException("a line with something else than texts");
            }
            line.put(bare.substring(0, middle), bare.substring(middle + 3, bare.length() - 1));
        }
        if (!line.text().equals(text)) {
            throw new IllegalArgumentException("a line that is not written as exports are");
        }
        return line;
    }

    private static void hashes(String list, ExportLine line) {
        line.withPath = true;
        if (list.isEmpty()) {
            return;
        }
        for (String quoted : list.split(",", -1)) {
            if (quoted.length() != 2 * Hashes.LENGTH + 2) {
                throw new IllegalArgumentException("a path with something else than hashes");
            }
            line.path.add(HexFormat.of().parseHex(quoted.substring(1, quoted.length() - 1)));
        }
    }
}
