package io.sallyport.journal.export;

import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.CheckpointFile;
import io.sallyport.journal.proof.LanePoint;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.record.SessionText;
import io.sallyport.journal.segment.Frames;
import io.sallyport.journal.segment.SegmentName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the records of one session as lines of JSON (docs/journal-format.md), each frame with the hashes that lead to a signed
 * checkpoint.
 *
 * <ol>
 *   <li>{@link ExportVerifier} checks the lines with the public key alone, away from the journal.
 *   <li>Frames that no checkpoint covers yet are written without proof.
 *   <li>The lines prove that these records are in the journal; that there are no others, only the journal itself can show.
 * </ol>
 */
public final class SessionExport {

    static final String FORMAT = "sallyport-journal-export/1";

    private final Path directory;
    private final Appendable out;
    private final Map<SegmentName, SegmentTree> trees = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final List<Covering> coverings = new ArrayList<>();

    private SessionExport(Path directory, Appendable out) {
        this.directory = directory;
        this.out = out;
    }

    /**
     * Writes the session with this id; returns how many records it has.
     *
     * @throws IOException if the disk refuses, or {@code out} does
     */
    public static int write(Path directory, long high, long low, Appendable out) throws IOException {
        List<JournalRecord> records = JournalReader.open(directory).session(high, low);
        SessionExport export = new SessionExport(directory, out);
        export.line(new ExportLine().put("format", FORMAT).put("session", SessionText.of(high, low)));
        for (JournalRecord record : records) {
            export.record(record);
        }
        return records.size();
    }

    private void record(JournalRecord record) throws IOException {
        SegmentTree tree = tree(new SegmentName(record.lane(), record.segment()));
        int index = tree.index(record.offset());
        boolean more = true;
        while (more) {
            if (index >= tree.size()) {
                throw new IOException("a record in " + tree.name() + " has no end");
            }
            int offset = tree.offset(index);
            boolean internal = internal(tree, offset);
            if (!internal) {
                more = (Frames.flags(tree.buffer(), offset) & Frames.MORE) != 0;
                frame(tree, index, more ? "" : RecordJson.content(record));
            }
            if (Frames.is(tree.buffer(), offset, RecordType.SEGMENT_END)) {
                tree = tree(new SegmentName(record.lane(), tree.name().number() + 1));
                index = 0;
            }
            index++;
        }
    }

    private static boolean internal(SegmentTree tree, int offset) {
        return RecordType.of(Frames.typeId(tree.buffer(), offset)).internal();
    }

    private void frame(SegmentTree tree, int index, String record) throws IOException {
        ExportLine line = new ExportLine().put("frame", Base64.getEncoder().encodeToString(tree.bytes(index)));
        Optional<Covering> covering = covering(tree.name(), index);
        if (covering.isPresent()) {
            int size = prove(tree, covering.get());
            line.put("tree", treeName(tree.name(), size))
                    .put("leaf", Integer.toString(index))
                    .path(tree.path(index, size));
        } else {
            line.put("unsigned", "true");
        }
        line(line.record(record));
    }

    /** Writes the lines that prove the root of this segment's tree; returns how many leaves that tree has. */
    private int prove(SegmentTree tree, Covering covering) throws IOException {
        LanePoint point = covering.point();
        SegmentName top = new SegmentName(point.lane(), point.segment());
        String of = treeName(top, point.leaves());
        if (written.add("checkpoint " + covering.checkpoint().number())) {
            line(new ExportLine().put("checkpoint", covering.checkpoint().line()));
        }
        if (written.add(of)) {
            line(new ExportLine()
                    .put("tree", of)
                    .put("checkpoint", Long.toString(covering.checkpoint().number())));
        }
        int size = Math.toIntExact(point.leaves());
        for (long number = point.segment(); number > tree.name().number(); number--) {
            SegmentTree above = tree(new SegmentName(point.lane(), number));
            SegmentTree below = tree(new SegmentName(point.lane(), number - 1));
            String name = treeName(below.name(), below.size());
            if (written.add(name)) {
                line(new ExportLine()
                        .put("tree", name)
                        .put("header", Base64.getEncoder().encodeToString(above.bytes(0)))
                        .put("of", of)
                        .path(above.path(0, size)));
            }
            of = name;
            size = below.size();
        }
        return size;
    }

    /** The first checkpoint that covers the leaf. */
    private Optional<Covering> covering(SegmentName name, int index) throws IOException {
        for (Covering known : coverings) {
            if (covers(known.point(), name, index)) {
                return Optional.of(known);
            }
        }
        try (CheckpointFile file = CheckpointFile.open(directory)) {
            for (Optional<Checkpoint> read = file.nextCheckpoint(); read.isPresent(); read = file.nextCheckpoint()) {
                for (LanePoint point : read.get().lanes()) {
                    if (covers(point, name, index)) {
                        Covering found = new Covering(read.get(), point);
                        coverings.add(found);
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean covers(LanePoint point, SegmentName name, int index) {
        return point.lane().equals(name.lane())
                && (point.segment() > name.number() || (point.segment() == name.number() && point.leaves() > index));
    }

    static String treeName(SegmentName name, long leaves) {
        return name.lane() + "/" + name.number() + "/" + leaves;
    }

    private SegmentTree tree(SegmentName name) throws IOException {
        SegmentTree tree = trees.get(name);
        if (tree == null) {
            tree = SegmentTree.read(directory, name);
            trees.put(name, tree);
        }
        return tree;
    }

    private void line(ExportLine line) throws IOException {
        out.append(line.text()).append('\n');
    }

    private record Covering(Checkpoint checkpoint, LanePoint point) {}
}
