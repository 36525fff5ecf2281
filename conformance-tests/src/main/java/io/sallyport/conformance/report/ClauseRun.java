package io.sallyport.conformance.report;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What became of the clauses of one class.
 *
 * @param subject what was tried, in words
 * @param results one for each clause, in the order of their numbers
 */
public record ClauseRun(String subject, List<Result> results) {

    /** Copies the list. */
    public ClauseRun {
        results = List.copyOf(results);
    }

    /** What can become of a clause. */
    public enum State {
        /** Kept. */
        PASSED,
        /** Broken. */
        FAILED,
        /** Not for this plugin: it does not do what the clause is about. */
        SKIPPED
    }

    /**
     * What became of one clause.
     *
     * @param clause its number, such as {@code V-03}; empty for what failed outside of any clause
     * @param title what it says
     * @param state what became of it
     * @param detail why it failed or was skipped, empty if it passed
     * @param took how long it took
     */
    public record Result(String clause, String title, State state, String detail, Duration took) {}

    /**
     * Runs the clauses of a class.
     *
     * @param subject what is tried, in words
     */
    public static ClauseRun of(String subject, Class<?> type) {
        Collector collector = new Collector();
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build());
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(type))
                        .build(),
                collector);
        List<Result> sorted = new ArrayList<>(collector.results);
        sorted.sort(Comparator.comparing(Result::clause));
        return new ClauseRun(subject, sorted);
    }

    /** The numbers of the clauses in this state. */
    public Set<String> clauses(State state) {
        return results.stream()
                .filter(result -> result.state() == state)
                .map(Result::clause)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether some clause passed and none failed. */
    public boolean passed() {
        return clauses(State.FAILED).isEmpty() && !clauses(State.PASSED).isEmpty();
    }

    /** The number at the beginning of a clause's name, empty if there is none. */
    public static String numberOf(String name) {
        int space = name.indexOf(' ');
        String first = space < 0 ? name : name.substring(0, space);
        int dash = first.indexOf('-');
        boolean number = dash > 0
                && first.length() == dash + 3
                && first.chars().limit(dash).allMatch(c -> c >= 'A' && c <= 'Z')
                && first.chars().skip(dash + 1L).allMatch(c -> c >= '0' && c <= '9');
        return number ? first : "";
    }

    private static final class Collector implements TestExecutionListener {

        private final List<Result> results = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, Long> started = Collections.synchronizedMap(new HashMap<>());

        @Override
        public void executionStarted(TestIdentifier test) {
            started.put(test.getUniqueId(), System.nanoTime());
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            add(test, State.SKIPPED, reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            Optional<Throwable> thrown = result.getThrowable();
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) {
                        add(test, State.PASSED, "");
                    }
                }
                case ABORTED -> add(test, State.SKIPPED, text(thrown.orElse(null)));
                case FAILED -> add(test, State.FAILED, text(thrown.orElse(null)));
            }
        }

        private static String text(@Nullable Throwable thrown) {
            return thrown == null ? "" : String.valueOf(thrown.getMessage() == null ? thrown : thrown.getMessage());
        }

        private void add(TestIdentifier test, State state, String detail) {
            String name = test.getDisplayName();
            String number = numberOf(name);
            long start = started.getOrDefault(test.getUniqueId(), System.nanoTime());
            String title =
                    number.isEmpty() ? name : name.substring(number.length()).trim();
            results.add(new Result(number, title, state, detail, Duration.ofNanos(System.nanoTime() - start)));
        }
    }
}
