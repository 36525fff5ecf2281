package io.sallyport.journal.export;

import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.Hashes;
import io.sallyport.journal.proof.MerkleTree;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.MalformedRecordException;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.record.SessionText;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.SegmentHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks an export with the public key alone: every checkpoint's signature, every root, every frame's path, and that each record shown is
 * the one in its frames.
 *
 * <p>Not safe for use by several threads.
 */
public final class ExportVerifier {

    private final PublicKey key;
    private final Map<Long, Checkpoint> checkpoints = new HashMap<>();
    private final Map<String, byte[]> roots = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final Hashes hashes = new Hashes();
    private ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private String session = "";
    private long high;
    private long low;
    private long partSequence;
    private long partMicros;
    private long records;
    private long proven;
    private long unsigned;

    private ExportVerifier(PublicKey key) {
        this.key = key;
    }

    /** Checks the lines of an export. */
    public static ExportReport verify(Stream<String> lines, PublicKey key) throws IOException {
        ExportVerifier verifier = new ExportVerifier(key);
        long number = 0;
        for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
            number++;
            try {
                verifier.take(ExportLine.parse(all.next()), number);
            } catch (IllegalArgumentException | IndexOutOfBoundsException | MalformedRecordException e) {
                verifier.findings.add("line " + number + ": " + e.getMessage());
            }
        }
        if (verifier.session.isEmpty()) {
            verifier.findings.add("it does not begin as an export does");
        }
        if (verifier.parts.size() > 0) {
            verifier.findings.add("the last record is not whole");
        }
        return new ExportReport(
                verifier.session, verifier.records, verifier.proven, verifier.unsigned, verifier.findings);
    }

    private void take(ExportLine line, long number) {
        if (number == 1) {
            begin(line);
        } else if (line.has("frame")) {
            frame(line);
        } else if (line.has("header")) {
            linked(line);
        } else if (line.has("tree")) {
            signedTree(line);
        } else {
            checkpoint(line);
        }
    }

    private void begin(ExportLine line) {
        if (!line.get("format").equals(SessionExport.FORMAT)) {
            throw new IllegalArgumentException("not an export of this version");
        }
        long[] id = SessionText.parse(line.get("session"));
        session = line.get("session");
        high = id[0];
        low = id[1];
    }

    private void checkpoint(ExportLine line) {
        Checkpoint checkpoint = Checkpoint.parse(line.get("checkpoint"));
        if (!checkpoint.signedBy(key)) {
            throw new IllegalArgumentException("a checkpoint that this key did not sign");
        }
        checkpoints.put(checkpoint.number(), checkpoint);
    }

    private void signedTree(ExportLine line) {
        Checkpoint checkpoint = checkpoints.get(Long.parseLong(line.get("checkpoint")));
        if (checkpoint == null) {
            throw new IllegalArgumentException("a tree whose checkpoint is not here");
        }
        byte[] root = checkpoint.lanes().stream()
                .filter(point -> line.get("tree").equals(point.lane() + "/" + point.segment() + "/" + point.leaves()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a tree that its checkpoint does not name"))
                .rootBytes();
        roots.put(line.get("tree"), root);
    }

    /** The root of a segment's tree, as the next segment's proven header names it. */
    private void linked(ExportLine line) {
        ByteBuffer bytes = ByteBuffer.wrap(line.bytes("header"));
        SegmentHeader header =
                SegmentHeader.decode(bytes).orElseThrow(() -> new IllegalArgumentException("a header that is none"));
        SegmentHeader.Link link =
                SegmentHeader.link(bytes).orElseThrow(() -> new IllegalArgumentException("a header without a link"));
        proves(hashes.leaf(bytes, 0, bytes.capacity()), 0, line.get("of"), line.path());
        String named = header.lane() + "/" + (header.number() - 1) + "/" + link.leaves();
        if (!named.equals(line.get("tree"))) {
            throw new IllegalArgumentException("a header that links to another tree");
        }
        roots.put(named, link.root());
    }

    private void frame(ExportLine line) {
        ByteBuffer frame = ByteBuffer.wrap(line.bytes("frame"));
        if (frame.capacity() < Frames.OVERHEAD
                || !Frames.whole(frame, 0, frame.capacity())
                || frame.getInt(0) != frame.capacity()) {
            throw new IllegalArgumentException("a frame that is damaged");
        }
        if (Frames.sessionHigh(frame, 0) != high || Frames.sessionLow(frame, 0) != low) {
            throw new IllegalArgumentException("a frame of another session");
        }
        if (line.has("unsigned")) {
            unsigned++;
        } else {
            proves(
                    hashes.leaf(frame, 0, frame.capacity()),
                    Long.parseLong(line.get("leaf")),
                    line.get("tree"),
                    line.path());
            proven++;
        }
        assemble(frame, line.record());
    }

    private void proves(byte[] leaf, long index, String tree, List<byte[]> path) {
        byte[] root = roots.get(tree);
        if (root == null) {
            throw new IllegalArgumentException("a tree that is not proven");
        }
        long size = Long.parseLong(tree.substring(tree.lastIndexOf('/') + 1));
        if (!MerkleTree.proves(leaf, index, size, path, root)) {
            throw new IllegalArgumentException("a path that does not lead to its root");
        }
    }

    private void assemble(ByteBuffer frame, String shown) {
        byte flags = Frames.flags(frame, 0);
        boolean continued = (flags & Frames.CONTINUED) != 0;
        if (!continued) {
            parts = new ByteArrayOutputStream();
            partSequence = Frames.sequence(frame, 0);
            partMicros = Frames.timeMicros(frame, 0);
        } else if (partSequence != Frames.sequence(frame, 0) || partMicros != Frames.timeMicros(frame, 0)) {
            throw new IllegalArgumentException("a part of another record");
        }
        parts.writeBytes(Frames.payload(frame, 0));
        if ((flags & Frames.MORE) != 0) {
            return;
        }
        JournalRecord record = new JournalRecord(
                "",
                0,
                0,
                RecordType.of(Frames.typeId(frame, 0)),
                high,
                low,
                Frames.sequence(frame, 0),
                Frames.timeMicros(frame, 0),
                parts.toByteArray());
        parts = new ByteArrayOutputStream();
        records++;
        if (!RecordJson.content(record).equals(shown)) {
            throw new IllegalArgumentException("a record that is not the one in its frames");
        }
    }
}
