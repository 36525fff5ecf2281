package io.sallyport.journal.verify;

import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.CheckpointLog;
import io.sallyport.journal.proof.LanePoint;
import io.sallyport.journal.segment.SegmentName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Verifies a journal offline, with its public key alone.
 *
 * <ol>
 *   <li>Any byte that was changed, inserted or taken away before the last signed point is found, and so are segments and checkpoints that
 *       are missing, doubled or out of order.
 *   <li>The report names the last signed point; what stands behind it is called unsigned and proves nothing.
 *   <li>Signed records that were taken from the end together with their checkpoints are found only by an anchor: a later checkpoint that
 *       was kept elsewhere.
 *   <li>The public key must come from elsewhere than the journal, too: whoever can replace both can write another history.
 * </ol>
 *
 * <p>It only reads, and may run while a gateway writes.
 */
public final class JournalVerifier {

    private JournalVerifier() {}

    /**
     * Verifies the journal in this directory.
     *
     * @throws IllegalArgumentException if the anchor is not signed by the key
     * @throws IOException if the disk refuses
     */
    public static VerificationReport verify(Path directory, PublicKey key, Optional<Checkpoint> anchor)
            throws IOException {
        if (anchor.isPresent() && !anchor.get().signedBy(key)) {
            throw new IllegalArgumentException("the anchor is not signed by the key that was given");
        }
        Findings findings = new Findings();
        CheckpointChain chain = new CheckpointChain(key, findings, anchor.orElse(null));
        // Checkpoints first: what is appended meanwhile is behind the last of them.
        Optional<Checkpoint> last = chain.read(directory);
        SortedMap<String, NavigableMap<Long, Path>> files = SegmentName.list(directory);
        if (last.isEmpty() && !files.isEmpty()) {
            findings.add(CheckpointLog.NAME, 0, "there are records and no checkpoint signs any of them");
        }
        for (LanePoint point : last.map(Checkpoint::lanes).orElse(List.of())) {
            if (!files.containsKey(point.lane())) {
                findings.add(point.lane(), 0, "all segments of lane " + point.lane() + " are missing");
            }
        }
        List<SegmentSummary> segments = new ArrayList<>();
        for (var lane : files.entrySet()) {
            segments.addAll(lane(directory, lane.getKey(), lane.getValue(), last, findings));
        }
        noteSetAside(directory, findings);
        return new VerificationReport(
                findings.found(), findings.notes(), segments, chain.count(), last, chain.anchored());
    }

    private static List<SegmentSummary> lane(
            Path directory, String lane, NavigableMap<Long, Path> files, Optional<Checkpoint> last, Findings findings)
            throws IOException {
        LanePoint signed = last.flatMap(checkpoint -> checkpoint.lanes().stream()
                        .filter(point -> point.lane().equals(lane))
                        .findFirst())
                .orElse(null);
        long first = signed == null ? 1 : signed.first();
        long upTo = last.map(Checkpoint::number).orElse(0L);
        try (PointCursor points = new PointCursor(directory, lane, first, upTo)) {
            return new LaneCheck(lane, files, signed, points, findings).run();
        }
    }

    private static void noteSetAside(Path directory, Findings findings) throws IOException {
        try (DirectoryStream<Path> aside = Files.newDirectoryStream(directory, "*.cut")) {
            for (Path file : aside) {
                findings.note(file.getFileName() + " was set aside by a restart; it is not part of the journal");
            }
        }
    }
}
