package io.sallyport.journal.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenSessionsTest {

    @Test
    @DisplayName("The table holds what a map would hold, through openings, closings and growth in any order")
    void likeAMap() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            OpenSessions table = new OpenSessions();
            Map<List<Long>, Long> map = new HashMap<>();
            for (int step = 0; step < 3_000; step++) {
                long high = random.nextInt(3);
                long low = 1L + random.nextInt(200);

                // When
                switch (random.nextInt(3)) {
                    case 0 -> {
                        table.open(high, low, step);
                        map.put(List.of(high, low), (long) step);
                    }
                    case 1 -> {
                        table.close(high, low);
                        map.remove(List.of(high, low));
                    }
                    default -> {
                        table.touch(high, low, step);
                        long now = step;
                        map.computeIfPresent(List.of(high, low), (key, value) -> now);
                    }
                }
            }

            // Then
            Map<List<Long>, Long> content = new HashMap<>();
            table.forEach((high, low, sequence) -> content.put(List.of(high, low), sequence));
            assertEquals(map, content);
            assertEquals(map.size(), table.count());
        }
    }
}
