package io.sallyport.journal.lane;

import java.util.Arrays;

/**
 * The sessions that are open in a lane, each with the number of its latest record. A table with open addressing over primitive arrays:
 * looking a session up costs no garbage.
 *
 * <p>Not safe for use by several threads.
 */
public final class OpenSessions {

    /** Receives the sessions of a table. */
    @FunctionalInterface
    public interface Visitor {
        void session(long high, long low, long sequence);
    }

    private long[] table = new long[3 * 64];
    private int count;

    /** How many sessions are open. */
    public int count() {
        return count;
    }

    /** Adds a session. An id of zeros is no session. */
    public void open(long high, long low, long sequence) {
        if ((high | low) == 0) {
            return;
        }
        if (count * 2 >= table.length / 3) {
            grow();
        }
        int at = find(high, low);
        if (free(at)) {
            count++;
        }
        table[at] = high;
        table[at + 1] = low;
        table[at + 2] = sequence;
    }

    /** Notes the latest record of a session, if it is in the table. */
    public void touch(long high, long low, long sequence) {
        if (count == 0) {
            return;
        }
        int at = find(high, low);
        if (!free(at) && sequence > table[at + 2]) {
            table[at + 2] = sequence;
        }
    }

    /** Removes a session. */
    public void close(long high, long low) {
        int at = find(high, low);
        if ((high | low) == 0 || free(at)) {
            return;
        }
        count--;
        int hole = at;
        int next = next(hole);
        while (!free(next)) {
            int home = home(table[next], table[next + 1]);
            if (!between(hole, home, next)) {
                System.arraycopy(table, next, table, hole, 3);
                hole = next;
            }
            next = next(next);
        }
        Arrays.fill(table, hole, hole + 3, 0);
    }

    /** Removes all sessions. */
    public void clear() {
        Arrays.fill(table, 0);
        count = 0;
    }

    /** Shows every session to the visitor, which must not change the table. */
    public void forEach(Visitor visitor) {
        for (int at = 0; at < table.length; at += 3) {
            if (!free(at)) {
                visitor.session(table[at], table[at + 1], table[at + 2]);
            }
        }
    }

    /** Whether an entry at home in {@code home} may stay at {@code at} once {@code hole}, before it, is free. */
    private static boolean between(int hole, int home, int at) {
        return hole <= at ? (hole < home && home <= at) : (hole < home || home <= at);
    }

    private boolean free(int at) {
        return (table[at] | table[at + 1]) == 0;
    }

    private int find(long high, long low) {
        int at = home(high, low);
        while (!free(at) && (table[at] != high || table[at + 1] != low)) {
            at = next(at);
        }
        return at;
    }

    private int home(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        int slots = table.length / 3;
        return (int) (mixed >>> 40) % slots * 3;
    }

    private int next(int at) {
        return at + 3 == table.length ? 0 : at + 3;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        count = 0;
        for (int at = 0; at < old.length; at += 3) {
            if ((old[at] | old[at + 1]) != 0) {
                open(old[at], old[at + 1], old[at + 2]);
            }
        }
    }
}
