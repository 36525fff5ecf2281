package io.sallyport.postgres.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements that destroy data, judged as the rule of target scratch judges them. */
class DestructiveStatementsTest {

    private static final Set<String> ALWAYS = Set.of("drop", "truncate", "alter");
    private static final Set<String> WITHOUT_CONDITION = Set.of("update", "delete", "merge");

    static List<String> statements() throws IOException {
        try (InputStream in = DestructiveStatementsTest.class.getResourceAsStream("destructive.sql")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^%%\n"))
                    .skip(1)
                    .map(String::strip)
                    .toList();
        }
    }

    static Stream<String> quoted() throws IOException {
        return statements().stream()
                .flatMap(statement -> Stream.of(
                        "INSERT INTO audit VALUES ('" + statement.replace("'", "''") + "')",
                        "INSERT INTO audit VALUES (E'"
                                + statement.replace("\\", "\\\\").replace("'", "\\'") + "')",
                        "INSERT INTO audit VALUES ($q$" + statement + "$q$)",
                        "INSERT INTO audit VALUES ('x') /* "
                                + statement.replace("*/", "").replace("/*", "") + " */"));
    }

    @Test
    void thereAreTwentyEight() throws IOException {
        assertEquals(28, statements().size());
    }

    @ParameterizedTest
    @MethodSource("statements")
    void eachIsHitByTheRule(String statement) {
        // When
        StatementAnalysis read = Fixture.analyze(statement);

        // Then
        assertTrue(isHit(read), () -> statement + " -> " + read.analysis().accesses());
    }

    @ParameterizedTest
    @MethodSource("quoted")
    @DisplayName("as quoted text they are one harmless INSERT")
    void quotedTextIsNotHit(String statement) {
        // When
        StatementAnalysis read = Fixture.analyze(statement);

        // Then
        assertFalse(isHit(read), () -> statement + " -> " + read.analysis().accesses());
        assertEquals(1, read.parts().size());
    }

    private static boolean isHit(StatementAnalysis read) {
        return read.analysis().opaque()
                || read.analysis().accesses().stream().anyMatch(DestructiveStatementsTest::isHit);
    }

    private static boolean isHit(Access access) {
        return ALWAYS.contains(access.verb().name())
                || (WITHOUT_CONDITION.contains(access.verb().name())
                        && access.traits().contains(PostgresVocabulary.NO_WHERE));
    }
}
