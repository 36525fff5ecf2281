package io.sallyport.journal.export;

import io.sallyport.journal.proof.Hashes;
import io.sallyport.journal.proof.MerkleTree;
import io.sallyport.journal.read.SegmentView;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.SegmentHeader;
import io.sallyport.journal.segment.SegmentName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The leaves of one segment, with the tree over the first so many of them. */
final class SegmentTree {

    private final SegmentName name;
    private final ByteBuffer buffer;
    private final List<byte[]> leaves = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final Map<Integer, Integer> indexes = new HashMap<>();
    private final Map<Integer, MerkleTree> trees = new HashMap<>();

    private SegmentTree(SegmentName name, ByteBuffer buffer) {
        this.name = name;
        this.buffer = buffer;
    }

    static SegmentTree read(Path directory, SegmentName name) throws IOException {
        ByteBuffer buffer = SegmentView.open(name, name.in(directory)).buffer();
        SegmentTree tree = new SegmentTree(name, buffer);
        Hashes hashes = new Hashes();
        tree.add(hashes.leaf(buffer, 0, SegmentHeader.SIZE), 0);
        int offset = SegmentHeader.SIZE;
        int length = Frames.length(buffer, offset);
        while (length != 0 && Frames.whole(buffer, offset, length)) {
            tree.add(hashes.leaf(buffer, offset, length), offset);
            offset += length;
            length = Frames.length(buffer, offset);
        }
        return tree;
    }

    private void add(byte[] leaf, int offset) {
        indexes.put(offset, leaves.size());
        leaves.add(leaf);
        offsets.add(offset);
    }

    SegmentName name() {
        return name;
    }

    int size() {
        return leaves.size();
    }

    /** The index of the leaf at this offset, -1 if none is there. */
    int index(int offset) {
        return indexes.getOrDefault(offset, -1);
    }

    /** The offset of the leaf with this index. */
    int offset(int index) {
        return offsets.get(index);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** The bytes of the leaf with this index. */
    byte[] bytes(int index) {
        int offset = offset(index);
        byte[] bytes = new byte[index == 0 ? SegmentHeader.SIZE : Frames.length(buffer, offset)];
        buffer.get(offset, bytes);
        return bytes;
    }

    /** The path from a leaf to the root of the tree over the first {@code size} leaves. */
    List<byte[]> path(int index, int size) {
        return trees.computeIfAbsent(size, count -> new MerkleTree(leaves.subList(0, count), new Hashes()))
                .path(index);
    }
}
