package io.sallyport.conformance.sabotage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sallyport.conformance.report.ClauseRun;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Switches one fault on at a time and runs the clauses against it. */
public final class Sabotage {

    private static volatile @Nullable Fault current;

    private Sabotage() {}

    /**
     * Makes clauses hurry that are not about the present fault: what must happen does happen there, and what must not does
     * not.
     */
    public static final class Haste implements BeforeEachCallback {

        @Override
        public void beforeEach(ExtensionContext context) {
            Fault fault = current;
            boolean own = fault == null || context.getDisplayName().startsWith(fault.clause());
            System.setProperty("sallyport.conformance.silence", own ? "120" : "10");
            System.setProperty("sallyport.conformance.signal", own && fault != null ? "1500" : "5000");
        }
    }

    /** Whether this is the fault of the present run. */
    public static boolean is(Fault fault) {
        return current == fault;
    }

    /** For each fault, that it breaks its clause and no other. */
    public static Stream<DynamicTest> eachFails(Class<?> clauses, Fault... faults) {
        return Arrays.stream(faults)
                .map(fault -> dynamicTest(
                        fault.clause() + " " + fault, () -> assertEquals(fault.clause(), broken(clauses, fault))));
    }

    private static String broken(Class<?> clauses, @Nullable Fault fault) {
        current = fault;
        try {
            ClauseRun run = ClauseRun.of(String.valueOf(fault), clauses);
            return run.results().stream()
                    .filter(result -> result.state() == ClauseRun.State.FAILED)
                    .map(result -> result.clause()
                            + (fault != null && result.clause().equals(fault.clause())
                                    ? ""
                                    : ": " + brief(result.detail())))
                    .collect(Collectors.joining("; "));
        } finally {
            current = null;
        }
    }

    private static String brief(String text) {
        return text.length() > 160 ? text.substring(0, 160) : text;
    }

    /** That nothing fails where there is no fault, and nothing is left out. */
    public static void passes(Class<?> clauses) {
        ClauseRun run = ClauseRun.of("no fault", clauses);
        List<ClauseRun.Result> others = run.results().stream()
                .filter(result -> result.state() != ClauseRun.State.PASSED)
                .toList();
        assertEquals(List.of(), others);
        assertEquals(numbersOf(clauses), run.clauses(ClauseRun.State.PASSED));
    }

    /** That each clause has a fault that breaks it. */
    public static void eachClauseHasOne(Class<?> clauses, Fault... faults) {
        Set<String> known = new TreeSet<>();
        for (Fault fault : faults) {
            known.add(fault.clause());
        }
        assertEquals(numbersOf(clauses), known);
    }

    /** The numbers of all clauses of a class and of the classes nested in it. */
    public static Set<String> numbersOf(Class<?> clauses) {
        return methodsOf(clauses).stream()
                .map(method -> ClauseRun.numberOf(
                        method.getAnnotation(DisplayName.class).value()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The clauses of a class and of the classes nested in it. */
    public static List<Method> methodsOf(Class<?> clauses) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type = clauses; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    methods.add(method);
                }
            }
            for (Class<?> nested : type.getDeclaredClasses()) {
                if (nested.isAnnotationPresent(Nested.class)) {
                    methods.addAll(methodsOf(nested));
                }
            }
        }
        return methods;
    }
}
