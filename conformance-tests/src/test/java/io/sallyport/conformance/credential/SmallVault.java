package io.sallyport.conformance.credential;

import io.sallyport.conformance.credential.CredentialSourceHarness.Behaviour;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Lends numbers out of its memory. */
final class SmallVault {

    private final Set<Integer> lent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private Behaviour behaviour = Behaviour.UP;

    synchronized void behave(Behaviour now) {
        behaviour = now;
        notifyAll();
    }

    int requests() {
        return requests.get();
    }

    int lent() {
        return lent.size();
    }

    void end() {
        lent.clear();
    }

    int lend() throws IOException {
        answer();
        int number = numbers.incrementAndGet();
        lent.add(number);
        return number;
    }

    void takeBack(int number) throws IOException {
        answer();
        lent.remove(number);
    }

    boolean has(int number) {
        return lent.contains(number);
    }

    void answer() throws IOException {
        requests.incrementAndGet();
        synchronized (this) {
            while (behaviour == Behaviour.SILENT) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
            }
            if (behaviour == Behaviour.DOWN) {
                throw new IOException("the vault is sealed; unseal it");
            }
        }
    }
}
