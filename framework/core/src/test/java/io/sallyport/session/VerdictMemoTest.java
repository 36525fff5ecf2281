package io.sallyport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Session;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.RecordType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a session remembers of verdicts")
class VerdictMemoTest {

    private static final List<Access> ACCESSES =
            List.of(Access.of(new Verb("select"), Resource.of(SessionWorld.RELATION, "public", "orders")));

    private final List<String> judged = new ArrayList<>();
    private SessionWorld world;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        world = new SessionWorld(directory);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private static SqlStatement exact(String text) {
        return SqlStatement.of(Analysis.exact(text, ACCESSES), Map.of());
    }

    private static SqlStatement opaque(String text) {
        return SqlStatement.of(Analysis.opaque(text, ACCESSES, "it runs " + text), Map.of());
    }

    private void countJudgements() {
        world.guardedBy("count", operation -> {
            judged.add(operation.action().text());
            return Guardrail.answer(Verdict.Allow.PLAIN);
        });
    }

    private List<String> recordedTexts() {
        return world.records().stream()
                .filter(record -> record.type() == RecordType.ACTION_DECIDED)
                .map((JournalRecord record) -> record.text(PayloadKey.TEXT).orElseThrow())
                .toList();
    }

    @Test
    @DisplayName("is one judgement for all texts that were read alike, where no guardrail reads texts")
    void onceForTheSameAccesses() {
        // Given
        world.reading(Guardrail.Part.ACCESSES);
        countJudgements();
        Session session = world.open();
        // When
        world.submit(session, exact("SELECT 1"));
        world.submit(session, exact("SELECT 2"));
        world.submit(session, exact("SELECT 1"));
        // Then
        assertEquals(List.of("SELECT 1"), judged);
    }

    @Test
    @DisplayName("keeps no text: the record has each one as it was sent")
    void recordsEachText() {
        // Given
        world.reading(Guardrail.Part.ACCESSES);
        countJudgements();
        Session session = world.open();
        // When
        world.submit(session, exact("SELECT 1"));
        world.submit(session, exact("SELECT 2"));
        world.submit(session, exact("SELECT 1"));
        // Then
        assertEquals(List.of("SELECT 1", "SELECT 2", "SELECT 1"), recordedTexts());
    }

    @Test
    @DisplayName("is a judgement for each text where a guardrail reads texts")
    void onceForEachText() {
        // Given
        world.reading(Guardrail.Part.ACCESSES, Guardrail.Part.TEXT);
        countJudgements();
        Session session = world.open();
        // When
        world.submit(session, exact("SELECT 1"));
        world.submit(session, exact("SELECT 2"));
        world.submit(session, exact("SELECT 1"));
        // Then
        assertEquals(List.of("SELECT 1", "SELECT 2"), judged);
    }

    @Test
    @DisplayName("tells what was read in full from what was not, and one reason from another")
    void opacityCounts() {
        // Given
        world.reading(Guardrail.Part.ACCESSES);
        countJudgements();
        Session session = world.open();
        world.submit(session, exact("SELECT 1"));
        // When
        Verdict.Deny first = assertInstanceOf(
                Verdict.Deny.class, world.submit(session, opaque("this")).decided());
        Verdict.Deny second = assertInstanceOf(
                Verdict.Deny.class, world.submit(session, opaque("that")).decided());
        // Then
        assertEquals(
                List.of(true, true),
                List.of(first.reason().contains("it runs this"), second.reason().contains("it runs that")));
    }

    @Test
    @DisplayName("is nothing where a guardrail looks at the time")
    void neverByTime() {
        // Given
        world.reading(Guardrail.Part.TIME);
        countJudgements();
        Session session = world.open();
        // When
        world.submit(session, exact("SELECT 1"));
        world.submit(session, exact("SELECT 1"));
        // Then
        assertEquals(List.of("SELECT 1", "SELECT 1"), judged);
    }
}
