package io.sallyport.acceptance;

import io.sallyport.journal.read.Cursor;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The records of a journal as lines of JSON, each handed out once. */
final class JournalLines {

    private final Path directory;
    private Cursor cursor = Cursor.start();

    JournalLines(Path directory) {
        this.directory = directory;
    }

    /** Hands out what was written since the last call. */
    void read(Consumer<String> lines) throws IOException {
        JournalReader reader = JournalReader.open(directory, cursor);
        for (Optional<JournalRecord> record = reader.poll(); record.isPresent(); record = reader.poll()) {
            lines.accept(RecordJson.line(record.get()));
        }
        cursor = reader.cursor();
    }
}
