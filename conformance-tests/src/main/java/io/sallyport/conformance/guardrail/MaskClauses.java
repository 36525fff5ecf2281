package io.sallyport.conformance.guardrail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.conformance.harness.Because;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clauses about masks, skipped for a guardrail that masks nothing. */
abstract class MaskClauses {

    private static final byte[] CANARY = GuardrailHarness.CANARY.getBytes(StandardCharsets.UTF_8);

    abstract GuardrailHarness harness();

    /** Keeps what a mask gives. */
    static final class Kept implements Mask.Sink {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean isNull;
        private int calls;

        @Override
        public void write(byte[] array, int offset, int length) {
            calls++;
            bytes.write(array, offset, length);
        }

        @Override
        public void writeNull() {
            calls++;
            isNull = true;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        int size() {
            return bytes.size();
        }
    }

    private Masking masking() {
        GuardrailStage stage = new GuardrailStage(harness());
        assumeTrue(!harness().masked().isEmpty(), "it masks nothing");
        Guardrail guardrail = stage.guardrail();
        for (Action action : stage.of(GuardrailHarness.Expected.ALLOW)) {
            if (GuardrailStage.verdict(guardrail, action) instanceof Verdict.Allow allow && allow.masking() != null) {
                return allow.masking();
            }
        }
        throw new AssertionError("no sample is allowed with masking");
    }

    private List<Mask> masks() {
        Masking masking = masking();
        List<Mask> masks = new ArrayList<>();
        for (Field field : harness().masked()) {
            Mask mask = masking.maskFor(field);
            assertNotNull(mask, () -> "no mask for " + field);
            masks.add(mask);
        }
        return masks;
    }

    private static boolean holdsCanary(String text) {
        return text.contains(GuardrailHarness.CANARY);
    }

    @Test
    @DisplayName("G-23 a masked field's value does not come through")
    @Because("Hiding it is what the mask is for.")
    void hides() {
        for (Mask mask : masks()) {
            Kept kept = new Kept();
            boolean changed = mask.apply(CANARY, 0, CANARY.length, kept);
            assertTrue(changed, "the value is left as it is");
            assertFalse(holdsCanary(kept.text()), "the value is in what the mask writes");
        }
    }

    @Test
    @DisplayName("G-24 a mask looks at its slice alone and changes nothing of the array")
    @Because("Connectors lend their own buffers, with others' bytes around the value.")
    void slices() {
        for (Mask mask : masks()) {
            byte[] array = new byte[CANARY.length + 20];
            Arrays.fill(array, (byte) 'x');
            System.arraycopy(CANARY, 0, array, 10, CANARY.length);
            byte[] before = array.clone();
            Kept alone = new Kept();
            mask.apply(CANARY, 0, CANARY.length, alone);
            Kept inside = new Kept();
            mask.apply(array, 10, CANARY.length, inside);
            assertArrayEquals(before, array);
            assertEquals(alone.text(), inside.text());
        }
    }

    @Test
    @DisplayName("G-25 a mask that leaves a value as it is gives nothing")
    @Because("The connector then forwards the slice, and what was given besides would be lost or doubled.")
    void unchanged() {
        for (Mask mask : masks()) {
            for (String value : List.of("", "1", "hello")) {
                Kept kept = new Kept();
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                if (!mask.apply(bytes, 0, bytes.length, kept)) {
                    assertEquals(0, kept.calls, () -> "'" + value + "' is both left and written");
                }
            }
        }
    }

    @Test
    @DisplayName("G-26 a mask writes bytes or null, not both")
    @Because("A value is one or the other.")
    void oneOrTheOther() {
        for (Mask mask : masks()) {
            Kept kept = new Kept();
            mask.apply(CANARY, 0, CANARY.length, kept);
            assertTrue(!kept.isNull || kept.size() == 0, "null and bytes");
            assertTrue(!kept.isNull || kept.calls == 1, "null twice");
        }
    }

    @Test
    @DisplayName("G-27 a mask takes bytes that are not UTF-8")
    @Because("A target may send anything, and a mask that throws ends the answer.")
    void anyBytes() {
        for (Mask mask : masks()) {
            byte[] all = new byte[256];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) i;
            }
            mask.apply(all, 0, all.length, new Kept());
            mask.apply(all, 128, 128, new Kept());
            mask.apply(all, 255, 1, new Kept());
        }
    }

    @Test
    @DisplayName("G-28 a mask can be used by several threads at once")
    @Because("Sessions of all threads share it.")
    void concurrent() {
        for (Mask mask : masks()) {
            Kept alone = new Kept();
            mask.apply(CANARY, 0, CANARY.length, alone);
            String expected = alone.text();
            List<String> wrong = Collections.synchronizedList(new ArrayList<>());
            Threads.together(8, () -> {
                for (int i = 0; i < 200; i++) {
                    Kept kept = new Kept();
                    mask.apply(CANARY, 0, CANARY.length, kept);
                    if (!kept.text().equals(expected)) {
                        wrong.add(kept.text());
                    }
                }
            });
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    @DisplayName("G-29 it says that it masks fields where it has a mask for one by its origin")
    @Because("Connectors then hide texts that may quote such a value, the detail of an error for instance.")
    void saysSo() {
        Masking masking = masking();
        boolean byOrigin =
                harness().masked().stream().anyMatch(field -> field.origin() != null && onlyByOrigin(masking, field));
        assertTrue(!byOrigin || masking.masksFields(), "it masks a field by its origin and says that it masks none");
    }

    private static boolean onlyByOrigin(Masking masking, Field field) {
        return masking.maskFor(new Field(field.name(), null, field.type())) == null;
    }

    @Test
    @DisplayName("G-30 the mask for recorded requests is constant and takes any bytes")
    @Because("It is asked for once, and a request that cannot be masked is withheld from the record whole.")
    void requestMask() {
        Guardrail guardrail = new GuardrailStage(harness()).guardrail();
        @Nullable Mask mask = guardrail.requestMask();
        assertSame(mask, guardrail.requestMask(), "another mask each time");
        if (mask != null) {
            byte[] odd = {(byte) 0xff, 0, (byte) 0xc3, (byte) 0x80, (byte) 0xed};
            mask.apply(odd, 0, odd.length, new Kept());
            mask.apply(odd, 0, 0, new Kept());
        }
    }
}
