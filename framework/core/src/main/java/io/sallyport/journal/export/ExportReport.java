package io.sallyport.journal.export;

import java.util.List;

/**
 * What checking an export came to.
 *
 * @param session the session's id as text
 * @param records its whole records
 * @param provenFrames frames that were proven to be in the journal
 * @param unsignedFrames frames that came without proof, since no checkpoint covered them yet
 * @param findings what should not be
 */
public record ExportReport(
        String session, long records, long provenFrames, long unsignedFrames, List<String> findings) {

    public ExportReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean ok() {
        return findings.isEmpty();
    }
}
