package io.sallyport.journal.verify;

import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.record.JsonText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a verification came to.
 *
 * @param findings what should not be; empty: the journal is as it was signed
 * @param notes what is worth knowing and is no damage, such as a torn tail that no checkpoint covers
 * @param segments every segment, by lane and number
 * @param checkpoints how many checkpoints there are
 * @param last the last checkpoint with a good signature: the last signed point
 * @param anchored whether an anchor was given and found
 */
public record VerificationReport(
        List<Finding> findings,
        List<String> notes,
        List<SegmentSummary> segments,
        long checkpoints,
        Optional<Checkpoint> last,
        boolean anchored) {

    public VerificationReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
        segments = List.copyOf(segments);
    }

    /** Whether nothing was found. */
    public boolean ok() {
        return findings.isEmpty();
    }

    /** Frames behind the last signed point: whole, but nobody vouches for them yet. */
    public long unsignedFrames() {
        return segments.stream()
                .mapToLong(segment -> segment.frames() - segment.signedFrames())
                .sum();
    }

    /** The report for people. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (SegmentSummary segment : segments) {
            long unsigned = segment.frames() - segment.signedFrames();
            out.append(segment.lane()).append(" segment ").append(segment.number());
            out.append(": ").append(segment.frames()).append(" frames, ").append(segment.bytes());
            out.append(unsigned == 0 ? " bytes, signed\n" : " bytes, the last " + unsigned + " frames unsigned\n");
        }
        out.append(last.map(VerificationReport::signedPoint).orElse("nothing is signed\n"));
        out.append(unsignedFrames()).append(" frames behind it are unsigned\n");
        out.append(
                anchored
                        ? "the anchor is in it: nothing up to the anchor was taken away\n"
                        : "no anchor was given: signed records that were taken from the end together with their checkpoints"
                                + " would not be missed\n");
        notes.forEach(note -> out.append("note: ").append(note).append('\n'));
        findings.forEach(finding -> out.append("found: ").append(finding).append('\n'));
        return out.append(ok() ? "OK\n" : "FAILED\n").toString();
    }

    private static String signedPoint(Checkpoint checkpoint) {
        return "signed up to checkpoint " + checkpoint.number() + " of " + time(checkpoint) + ", key "
                + checkpoint.keyId() + "\n";
    }

    private static Instant time(Checkpoint checkpoint) {
        return Instant.EPOCH.plus(checkpoint.timeMicros(), ChronoUnit.MICROS);
    }

    /** The report for programs, one JSON object. */
    public String json() {
        String listed = segments.stream()
                .map(segment -> "{\"lane\":" + JsonText.quote(segment.lane()) + ",\"number\":" + segment.number()
                        + ",\"frames\":" + segment.frames() + ",\"bytes\":" + segment.bytes() + ",\"signed-frames\":"
                        + segment.signedFrames() + "}")
                .collect(Collectors.joining(",", "[", "]"));
        String found = findings.stream()
                .map(finding -> "{\"file\":" + JsonText.quote(finding.file()) + ",\"offset\":" + finding.offset()
                        + ",\"message\":" + JsonText.quote(finding.message()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        String noted = notes.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]"));
        return "{\"ok\":" + ok() + ",\"checkpoints\":" + checkpoints + ",\"last-checkpoint\":"
                + last.map(checkpoint -> JsonText.quote(checkpoint.line())).orElse("null") + ",\"unsigned-frames\":"
                + unsignedFrames() + ",\"anchored\":" + anchored + ",\"findings\":" + found + ",\"notes\":" + noted
                + ",\"segments\":" + listed + "}";
    }
}
