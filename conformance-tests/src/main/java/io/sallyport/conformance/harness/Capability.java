package io.sallyport.conformance.harness;

/**
 * What a protocol can do. A connector has every capability unless its harness declares the lack; what is declared as lacking
 * is tried all the same and must then be refused cleanly, where the protocol lets one try it at all.
 */
public enum Capability {
    /** A client can send the next request before the answer to the last one. */
    PIPELINE,
    /** What a client sends can be written to the connection byte by byte, see {@link ProtocolClient#encode}. */
    RAW_BYTES,
    /** A message declares how long it is, see {@link Requests#declaring}. */
    DECLARED_LENGTHS,
    /** A client that has ended its output still gets its answers. */
    HALF_CLOSE,
    /** A client can take back a request that waits, see {@link ProtocolClient#cancel}. */
    CANCEL,
    /** Several requests succeed or fail together, see {@link Requests#begin}. */
    TRANSACTIONS,
    /** A client is told that its request waits for people while it waits. */
    HOLD_NOTICE,
    /** A client that leaves is noticed while its request waits. */
    LEAVING_NOTICED,
    /** One session serves several requests, one behind the other, also behind a refusal. */
    REUSE,
    /** Answers have fields of which each can be masked. */
    FIELDS,
    /** A target can send text beside an answer: notices, warnings. */
    NOTICES,
    /** An answer can hold a value that cannot be masked. */
    UNMASKABLE,
    /** The gateway sends messages of its own to the target, see {@link ScriptedTarget#own}. */
    OWN_MESSAGES,
    /** A session that is told to end is told why before the connection ends. */
    FAREWELL,
    /** A request whose meaning cannot be read completely can be asked for, see {@link Requests#opaque}. */
    OPAQUE,
    /** What a client asks for can be read from text, see {@link io.sallyport.api.ConnectorFactory#read}. */
    READABLE
}
