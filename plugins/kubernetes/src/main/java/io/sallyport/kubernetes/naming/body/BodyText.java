package io.sallyport.kubernetes.naming.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body as text without escapes or spellings, so that a pattern finds a word however it was written.
 *
 * <p>Unread is what is not JSON or YAML, what has a key twice (servers differ in which they take), YAML's aliases and merge
 * keys, and what is not UTF-8.
 */
public final class BodyText {

    /** What is not repeated in the text. */
    public enum Hidden {
        /** Everything may be seen. */
        NOTHING,
        /** The values of a Secret, also in a patch and in its copy in an annotation. */
        SECRET,
        /** A token. */
        TOKEN
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String UNREAD = "the body cannot be read: send it as JSON";

    private final StringBuilder text = new StringBuilder();
    private final List<String> path = new ArrayList<>();
    private final List<String> dryRun = new ArrayList<>();
    private final Hidden hidden;
    private @Nullable String name;
    private @Nullable String unread;
    private boolean list;
    private boolean noGrace;

    private BodyText(Hidden hidden) {
        this.hidden = hidden;
    }

    /** Reads a body of a media type in lower case. */
    public static BodyText read(String type, byte[] body, Hidden hidden) {
        BodyText read = new BodyText(hidden);
        if (type.equals(PROTOBUF)) {
            read.protobuf(body);
            return read;
        }
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (type.endsWith("json")) {
                read.document(JSON.createParser(decoded));
            } else if (yaml(type)) {
                read.lenient(decoded);
            } else {
                read.unreadable("the body is " + shown(type) + ", which is not read: send it as JSON");
            }
        } catch (CharacterCodingException e) {
            read.unreadable(
                    type.endsWith("json") || yaml(type)
                            ? "the body is not UTF-8"
                            : "the body is " + shown(type) + ", which is not read: send it as JSON");
        } catch (IOException | RuntimeException e) {
            read.unreadable(UNREAD);
        }
        return read;
    }

    private void protobuf(byte[] body) {
        try {
            ProtobufBody object = ProtobufBody.read(body, hidden == Hidden.NOTHING);
            text.append(object.text());
            name = object.name();
            list = object.list();
            dryRun.addAll(object.dryRun());
            noGrace = object.noGrace();
        } catch (IllegalArgumentException e) {
            unreadable(UNREAD);
        }
    }

    private static boolean yaml(String type) {
        return type.endsWith("yaml");
    }

    /** Most of what comes as YAML is JSON, which is read without YAML's ways to surprise. */
    private void lenient(String decoded) throws IOException {
        if (decoded.startsWith("{")) {
            try {
                document(JSON.createParser(decoded));
                return;
            } catch (IOException e) {
                forget();
            }
        }
        document(YAML.createParser(decoded));
    }

    private static String shown(String type) {
        boolean plain = !type.isEmpty() && type.length() < 80 && type.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return plain ? type : "of an unknown type";
    }

    private void unreadable(String because) {
        unread = because;
        forget();
    }

    private void forget() {
        text.setLength(0);
        path.clear();
        name = null;
        list = false;
        noGrace = false;
        dryRun.clear();
    }

    private void document(JsonParser parser) throws IOException {
        try (parser) {
            text.append('\n');
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IOException("nothing");
            }
            value(parser, token, false);
            if (parser.nextToken() != null) {
                throw new IOException("more than one document");
            }
        }
    }

    private void value(JsonParser parser, JsonToken token, boolean concealed) throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new IOException("an alias");
        }
        switch (token) {
            case START_OBJECT -> object(parser, concealed);
            case START_ARRAY -> array(parser, concealed);
            case VALUE_STRING -> {
                take(parser.getText());
                quoted(concealed ? "[redacted]" : parser.getText());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                noGrace |= path.equals(List.of("gracePeriodSeconds"))
                        && parser.getText().equals("0");
                text.append(concealed ? "0" : parser.getText());
            }
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> text.append(parser.getText());
            default -> throw new IOException("no value");
        }
    }

    private void object(JsonParser parser, boolean concealed) throws IOException {
        text.append('{');
        boolean first = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            if (token != JsonToken.FIELD_NAME) {
                throw new IOException("no key");
            }
            String key = parser.currentName();
            if (parser instanceof YAMLParser && key.equals("<<")) {
                throw new IOException("a merge key");
            }
            text.append(first ? "" : ",");
            first = false;
            quoted(key);
            text.append(':');
            path.add(key);
            value(parser, parser.nextToken(), concealed || conceals());
            path.remove(path.size() - 1);
        }
        text.append('}');
    }

    private void array(JsonParser parser, boolean concealed) throws IOException {
        text.append('[');
        boolean first = true;
        path.add("");
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new IOException("no end");
            }
            text.append(first ? "" : ",");
            first = false;
            value(parser, token, concealed);
        }
        path.remove(path.size() - 1);
        text.append(']');
    }

    /** Whether the value of the current path holds what must be hidden. */
    private boolean conceals() {
        String key = path.get(path.size() - 1);
        return switch (hidden) {
            case NOTHING -> false;
            // The path of a patch's operation may itself be data/KEY, so that every value may be one of the Secret.
            case SECRET -> key.equals("data") || key.equals("stringData") || key.equals("value") || copy(key);
            case TOKEN -> key.equals("token");
        };
    }

    private static boolean copy(String key) {
        return key.equals("kubectl.kubernetes.io/last-applied-configuration");
    }

    private void take(String value) {
        if (path.equals(List.of("metadata", "name")) && !value.isEmpty()) {
            name = value;
        } else if (path.equals(List.of("kind")) && value.endsWith("List")) {
            list = true;
        } else if (path.equals(List.of("dryRun", ""))) {
            dryRun.add(value);
        }
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
        text.append('"');
    }

    /** The text with a line break before it, empty if it was not read. */
    public String text() {
        return text.toString();
    }

    /** The name in the metadata, null if there is none. */
    public @Nullable String name() {
        return name;
    }

    /** Whether its kind is a list. */
    public boolean list() {
        return list;
    }

    /** The stages that options of a deletion rehearse. */
    public List<String> dryRun() {
        return List.copyOf(dryRun);
    }

    /** Whether options of a deletion leave no time to end. */
    public boolean noGrace() {
        return noGrace;
    }

    /** Why the body was not read, null if it was. */
    public @Nullable String unread() {
        return unread;
    }
}
