package io.sallyport.kubernetes.masking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sallyport.api.guardrail.Mask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for values that a mask made in a body that the client sends. */
final class WrittenBack {

    private static final JsonFactory JSON = new JsonFactory();
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final String UNREADABLE = "a body that cannot be read";

    private final boolean patch;
    private final boolean whole;
    private final boolean secrets;
    private final List<String> path = new ArrayList<>();
    private final Deque<FieldNode> fields = new ArrayDeque<>();

    /**
     * Looks for values in one body.
     *
     * @param patch whether it is a list of operations (RFC 6902), whose values stand elsewhere than in the object
     * @param whole whether it is a whole object, in which a null hides a value
     */
    WrittenBack(FieldTree tree, boolean patch, boolean whole) {
        this.patch = patch;
        this.whole = whole;
        this.secrets = tree.secrets();
        fields.push(tree.root());
    }

    /** Where such a value stands, null if nowhere. A body without a reading cannot be known to have none. */
    @Nullable
    String find(String type, byte[] body) {
        if (!type.endsWith("json") && !type.endsWith("yaml")) {
            return shapes(body) ? UNREADABLE : null;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            // JSON is YAML too, for those who say that it is YAML.
            JsonParser parser = type.endsWith("json") ? JSON.createParser(text) : YAML.createParser(text);
            try (parser) {
                return document(parser);
            }
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    private static boolean shapes(byte[] body) {
        return MaskedShapes.in(body);
    }

    private @Nullable String document(JsonParser parser) throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case FIELD_NAME -> {
                    byte[] name = parser.currentName().getBytes(StandardCharsets.UTF_8);
                    path.add(parser.currentName());
                    fields.push(fields.element().member(name, 0, name.length));
                }
                case START_ARRAY -> {
                    path.add(FieldTree.ITEM);
                    fields.push(fields.element().item(1));
                }
                case START_OBJECT -> {}
                case END_ARRAY -> {
                    leave();
                    valueOver(parser);
                }
                case END_OBJECT -> valueOver(parser);
                default -> {
                    if (masked(parser, token)) {
                        return String.join(".", path);
                    }
                    valueOver(parser);
                }
            }
        }
        return null;
    }

    private void leave() {
        path.remove(path.size() - 1);
        fields.pop();
    }

    /** A member's name counts until its value is over. */
    private void valueOver(JsonParser parser) {
        if (parser.getParsingContext().inObject()) {
            leave();
        }
    }

    private boolean masked(JsonParser parser, JsonToken token) throws IOException {
        FieldNode field = fields.element();
        Mask mask = field.text();
        if (token == JsonToken.VALUE_NULL) {
            return whole && mask != null && mask.strength() == Mask.Strength.NULL && field.byOrigin();
        }
        if (token != JsonToken.VALUE_STRING || (mask == null && !patch)) {
            return false;
        }
        byte[] text = parser.getText().getBytes(StandardCharsets.UTF_8);
        if (MaskedShapes.in(text) || (field.coding() == FieldNode.Coding.DOCUMENT && hidden(text))) {
            return true;
        }
        byte[] decoded = secrets ? decoded(text) : null;
        if (decoded != null && (MaskedShapes.in(decoded) || MaskedShapes.mostlyStars(decoded))) {
            return true;
        }
        return !patch && field.byOrigin() && MaskedShapes.mostlyStars(text);
    }

    /** Whether a document within the body has such a value, which may be in base64 there. */
    private static boolean hidden(byte[] document) {
        byte[] redacted = Base64.getEncoder().encode(StringMasking.REDACTED);
        return new String(document, StandardCharsets.UTF_8).contains(new String(redacted, StandardCharsets.US_ASCII));
    }

    private static byte @Nullable [] decoded(byte[] text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
