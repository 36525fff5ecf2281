package io.sallyport.journal.segment;

import io.sallyport.journal.record.RecordType;

/** What a frame says beside its payload. One is kept per lane and filled anew for each frame, so that a frame costs no garbage. */
public final class FrameMeta {

    public RecordType type = RecordType.NODE;
    public byte flags;
    public long sessionHigh;
    public long sessionLow;
    public long sequence;
    public long timeMicros;

    /** Makes this the meta of a frame that belongs to no session. */
    public FrameMeta own(RecordType ownType, long micros) {
        type = ownType;
        flags = 0;
        sessionHigh = 0;
        sessionLow = 0;
        sequence = 0;
        timeMicros = micros;
        return this;
    }
}
