package io.sallyport.acceptance.datapath;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What classes call, as lines that a reader can find. */
final class Calls {

    /** The methods of a string that compile a regular expression. Splitting at a written-out separator compiles none. */
    private static final Set<String> BY_STRING = Set.of("matches", "replaceAll", "replaceFirst");

    private Calls() {}

    /** Uses of backtracking expressions, whose time an opponent can choose. */
    static List<String> ofRegularExpressions(JavaClasses classes) {
        return of(classes, access -> {
            JavaClass owner = access.getTargetOwner();
            return owner.getPackageName().equals("java.util.regex")
                    || (owner.isEquivalentTo(String.class) && BY_STRING.contains(access.getName()))
                    || owner.isEquivalentTo(java.util.Scanner.class);
        });
    }

    /** Places that turn a channel's reading on or off. */
    static List<String> ofAutoRead(JavaClasses classes) {
        return of(
                classes,
                access -> access.getName().equals("setAutoRead")
                        || access.getName().equals("AUTO_READ"));
    }

    private static List<String> of(JavaClasses classes, Predicate<JavaAccess<?>> condition) {
        return classes.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(condition)
                .map(access -> access.getOriginOwner().getName() + " uses "
                        + access.getTargetOwner().getSimpleName() + "." + access.getName())
                .distinct()
                .sorted()
                .toList();
    }
}
