package io.sallyport.journal.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A whole Merkle tree, for proofs that a leaf is in it (RFC 6962 section 2.1.1; checking as in RFC 9162 section 2.1.3.2). */
public final class MerkleTree {

    private final List<List<byte[]>> levels = new ArrayList<>();

    /** The tree over these leaves' hashes; there is at least one. */
    public MerkleTree(List<byte[]> leaves, Hashes hashes) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a tree needs a leaf");
        }
        List<byte[]> level = leaves;
        levels.add(level);
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>(level.size() / 2 + 1);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(hashes.node(level.get(i), level.get(i + 1)));
            }
            if ((level.size() & 1) == 1) {
                above.add(level.get(level.size() - 1));
            }
            levels.add(above);
            level = above;
        }
    }

    /** The root. */
    public byte[] root() {
        return levels.get(levels.size() - 1).get(0).clone();
    }

    /** The hashes that lead from the leaf with this index to the root, lowest first. */
    public List<byte[]> path(int index) {
        List<byte[]> path = new ArrayList<>();
        int at = index;
        for (List<byte[]> level : levels) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling));
            }
            at >>= 1;
        }
        return path;
    }

    /** Whether the path proves that the leaf with this index and hash is in the tree of this size and root. */
    public static boolean proves(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Hashes hashes = new Hashes();
        long node = index;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = hashes.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = hashes.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }
}
