package io.sallyport.journal.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    /** The leaves of the Certificate Transparency reference tests. */
    private static final List<String> INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @Test
    @DisplayName("Roots are those of RFC 6962, as the Certificate Transparency reference tests have them")
    void knownRoots() {
        // Given
        Hashes hashes = new Hashes();
        Frontier frontier = new Frontier(hashes);

        // When
        leaves(hashes).forEach(frontier::add);

        // Then
        assertEquals(
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                HexFormat.of().formatHex(frontier.root()));
        assertArrayEquals(frontier.root(), new MerkleTree(leaves(hashes), hashes).root());
    }

    @Test
    @DisplayName("Every leaf of every small tree has a path that proves it there, and nowhere else")
    void paths() {
        // Given
        Hashes hashes = new Hashes();
        List<byte[]> leaves = new ArrayList<>();
        Frontier frontier = new Frontier(hashes);
        for (int size = 1; size <= 40; size++) {
            byte[] leaf = hashes.leaf(ByteBuffer.allocate(4).putInt(0, size), 0, 4);
            leaves.add(leaf);
            frontier.add(leaf);
            MerkleTree tree = new MerkleTree(leaves, hashes);
            assertArrayEquals(frontier.root(), tree.root());
            for (int index = 0; index < size; index++) {
                // When
                List<byte[]> path = tree.path(index);

                // Then
                assertTrue(MerkleTree.proves(leaves.get(index), index, size, path, tree.root()));
                for (int other = 0; other < size; other++) {
                    assertEquals(other == index, MerkleTree.proves(leaves.get(index), other, size, path, tree.root()));
                }
            }
        }
    }

    private static List<byte[]> leaves(Hashes hashes) {
        return INPUTS.stream()
                .map(HexFormat.of()::parseHex)
                .map(bytes -> hashes.leaf(ByteBuffer.wrap(bytes), 0, bytes.length))
                .toList();
    }
}
