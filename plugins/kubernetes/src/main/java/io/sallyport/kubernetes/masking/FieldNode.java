package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One field of a {@link FieldTree}: what is in it, and how its value is masked. Confined to one thread. */
final class FieldNode {

    /** How a string holds its text. */
    enum Coding {
        /** As it is. */
        PLAIN,
        /** In base64. */
        BASE64,
        /** It is a JSON document of its own. */
        DOCUMENT
    }

    /** What clients need to find an object again. Detectors do not look at it; rules on fields apply. */
    private static final Set<List<String>> IDENTITY = Set.of(
            List.of("apiVersion"),
            List.of("kind"),
            List.of("metadata", "name"),
            List.of("metadata", "namespace"),
            List.of("metadata", "uid"),
            List.of("metadata", "resourceVersion"),
            List.of("metadata", "generation"),
            List.of("metadata", "creationTimestamp"),
            List.of("metadata", "continue"),
            List.of("metadata", "selfLink"));

    /** For a document that is not masked itself, but by what is in it. */
    private static final Mask NOTHING = new Mask() {
        @Override
        public Strength strength() {
            return Strength.PARTIAL;
        }

        @Override
        public boolean apply(byte[] value, int offset, int length, Sink sink) {
            return false;
        }
    };

    private static final byte[][] NO_NAMES = new byte[1][];
    private static final @Nullable FieldNode[] NO_MEMBERS = new @Nullable FieldNode[1];
    private static final List<String> MANAGED_FIELDS = List.of("metadata", "managedFields");

    private final FieldTree tree;
    private final List<List<String>> paths;
    private final boolean firstCell;
    private byte[][] names = NO_NAMES;
    private @Nullable FieldNode[] members = NO_MEMBERS;
    private int size;
    private @Nullable FieldNode first;
    private @Nullable FieldNode others;
    private boolean asked;
    private boolean quiet;
    private @Nullable Mask text;
    private @Nullable Mask scalar;
    private Coding coding = Coding.PLAIN;

    FieldNode(FieldTree tree, List<List<String>> paths, boolean firstCell) {
        this.tree = tree;
        this.paths = paths;
        this.firstCell = firstCell;
        this.quiet = paths.contains(MANAGED_FIELDS);
    }

    /** The mask of a string here; null if it may leave as it is. */
    @Nullable
    Mask text() {
        ask();
        return text;
    }

    /** The mask of a number or a truth value here. */
    @Nullable
    Mask scalar() {
        ask();
        return scalar;
    }

    /** How a string here holds its text. */
    Coding coding() {
        ask();
        return coding;
    }

    /** Whether the value is masked because of its place, not of its content. */
    boolean byOrigin() {
        return tree.mask(paths, Field.Type.BYTES) != null;
    }

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        boolean identity = firstCell || paths.stream().anyMatch(IDENTITY::contains);
        if (quiet || identity) {
            text = firstCell ? null : tree.mask(paths, Field.Type.BYTES);
            scalar = text;
            return;
        }
        text = tree.mask(paths, Field.Type.TEXT);
        scalar = tree.mask(paths, Field.Type.SCALAR);
        coding = codingOf();
        if (text == null && coding == Coding.DOCUMENT && tree.masksFields()) {
            text = NOTHING;
        }
    }

    private Coding codingOf() {
        for (List<String> path : paths) {
            boolean annotation = path.size() == 3
                    && path.get(0).equals("metadata")
                    && path.get(1).equals("annotations");
            if (annotation && (tree.secrets() || path.get(2).equals(FieldTree.APPLIED))) {
                return Coding.DOCUMENT;
            }
            boolean encoded = path.size() == 2
                    && ((tree.secrets() && path.get(0).equals("data"))
                            || path.get(0).equals("binaryData"));
            if (encoded) {
                return Coding.BASE64;
            }
        }
        return Coding.PLAIN;
    }

    /** Whether this is the one annotation that always holds a document. */
    boolean applied() {
        return paths.stream().anyMatch(path -> path.size() == 3 && path.get(2).equals(FieldTree.APPLIED));
    }

    /** The object that a document in this field describes. */
    FieldNode document() {
        return tree.root();
    }

    /** The member of this object with this name, given in UTF-8. */
    FieldNode member(byte[] name, int offset, int length) {
        if (quiet) {
            return this;
        }
        int slot = hash(name, offset, length) & (names.length - 1);
        while (names[slot] != null) {
            FieldNode member = members[slot];
            if (member != null && Arrays.equals(names[slot], 0, names[slot].length, name, offset, offset + length)) {
                return member;
            }
            slot = (slot + 1) & (names.length - 1);
        }
        FieldNode made = child(new String(name, offset, length, StandardCharsets.UTF_8), false);
        if (tree.admits()) {
            put(Arrays.copyOfRange(name, offset, offset + length), made);
        }
        return made;
    }

    /** An item of this array. */
    FieldNode item(int index) {
        if (quiet) {
            return this;
        }
        FieldNode known = index == 0 ? first : others;
        if (known == null) {
            boolean cells = paths.stream().anyMatch(path -> path.equals(List.of("rows", FieldTree.ITEM, "cells")));
            known = child(FieldTree.ITEM, cells && index == 0);
            if (index == 0) {
                first = known;
            } else {
                others = known;
            }
            if (!cells) {
                first = known;
                others = known;
            }
        }
        return known;
    }

    private FieldNode child(String segment, boolean cell) {
        return new FieldNode(tree, tree.extend(paths, segment), cell);
    }

    private static int hash(byte[] name, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + name[i];
        }
        return hash ^ (hash >>> 15);
    }

    private void put(byte[] name, FieldNode node) {
        if (2 * (size + 1) > names.length) {
            byte[][] oldNames = names;
            @Nullable FieldNode[] oldMembers = members;
            int length = Math.max(8, 2 * oldNames.length);
            names = new byte[length][];
            members = new @Nullable FieldNode[length];
            for (int i = 0; i < oldNames.length; i++) {
                FieldNode member = oldMembers[i];
                if (member != null) {
                    place(oldNames[i], member);
                }
            }
        }
        place(name, node);
        size++;
    }

    private void place(byte[] name, FieldNode node) {
        int slot = hash(name, 0, name.length) & (names.length - 1);
        while (members[slot] != null) {
            slot = (slot + 1) & (names.length - 1);
        }
        names[slot] = name;
        members[slot] = node;
    }
}
