package io.sallyport.journal.lane;

/** What a record survives once it counts as durable. */
public enum Durability {
    /** A killed process: the bytes are in mapped memory, which the operating system keeps. */
    WRITTEN,
    /** A power cut: the disk has confirmed them, many records at a time. */
    SYNCED
}
