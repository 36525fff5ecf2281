package io.sallyport.journal.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * A growing Merkle tree of which only the right edge is kept: the roots of its perfect subtrees, largest first. Adding a leaf and
 * asking for the root take time logarithmic in the number of leaves.
 *
 * <p>Not safe for use by several threads.
 */
public final class Frontier {

    private final Hashes hashes;
    private final List<byte[]> perfect = new ArrayList<>();
    private long size;

    /** An empty tree. */
    public Frontier(Hashes hashes) {
        this.hashes = hashes;
    }

    /** The number of leaves. */
    public long size() {
        return size;
    }

    /** Adds a leaf by its hash. */
    public void add(byte[] leaf) {
        byte[] subtree = leaf;
        for (long carry = size; (carry & 1) == 1; carry >>>= 1) {
            subtree = hashes.node(perfect.remove(perfect.size() - 1), subtree);
        }
        perfect.add(subtree);
        size++;
    }

    /**
     * The root of the tree.
     *
     * @throws IllegalStateException if it is empty
     */
    public byte[] root() {
        if (size == 0) {
            throw new IllegalStateException("a tree without leaves has no root here");
        }
        byte[] root = perfect.get(perfect.size() - 1);
        for (int i = perfect.size() - 2; i >= 0; i--) {
            root = hashes.node(perfect.get(i), root);
        }
        return root.clone();
    }
}
