package io.sallyport.conformance.harness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients of the protocol ask for, in the spelling that {@link ProtocolClient#send} takes. The target answers each of
 * them as described here; a harness with a real target finds requests that it answers so by itself.
 *
 * <p>What belongs to a {@link Capability} that the connector lacks is null, or something to be tried all the same.
 */
public interface Requests {

    /** At least one sample of each kind of action, and one of each way through the protocol that can have an effect. */
    List<Sample> samples();

    /** A request that the target refuses with an error of its own. */
    String failing();

    /** A request whose answer has about so many bytes; null if answers are always short. */
    @Nullable
    String large(long bytes);

    /** A request that has about so many bytes itself; null if requests are always short. */
    @Nullable
    String sized(int bytes);

    /** A request in whose answer the text occurs at that place. */
    @Nullable
    String answering(Place place, String text);

    /** Requests that the protocol does not know, spelled so that it can be told, each for {@link ProtocolClient#send}. */
    List<String> unknown();

    /** What is no request at all, in bytes; wanted for {@link Capability#RAW_BYTES}. */
    default List<byte[]> malformed() {
        return List.of();
    }

    /** What may not come in an open session, such as a second login, in bytes; wanted for {@link Capability#RAW_BYTES}. */
    default List<byte[]> outOfState() {
        return List.of();
    }

    /** The beginning of a request that declares a length; wanted for {@link Capability#DECLARED_LENGTHS}. */
    default byte[] declaring(long length) {
        return new byte[0];
    }

    /** Begins what succeeds or fails together; wanted for {@link Capability#TRANSACTIONS}. */
    default String begin() {
        return "";
    }

    /** Ends what succeeds or fails together; its answer tells which; wanted for {@link Capability#TRANSACTIONS}. */
    default String commit() {
        return "";
    }

    /** A request of which not everything can be read; wanted for {@link Capability#OPAQUE}. */
    default @Nullable String opaque() {
        return null;
    }

    /** Where in an answer a text can occur. */
    enum Place {
        /** In the field that {@link ConnectorHarness#FIELD} names. */
        FIELD,
        /** In the same field, arriving in two parts with a pause between them. */
        DIVIDED,
        /** In a value that has no textual mask; wanted for {@link Capability#UNMASKABLE}. */
        UNMASKABLE,
        /** In a field that no mask is for. */
        OTHER_FIELD,
        /** In the text of the target's error. */
        ERROR,
        /** In a text beside the answer; wanted for {@link Capability#NOTICES}. */
        NOTICE
    }
}
