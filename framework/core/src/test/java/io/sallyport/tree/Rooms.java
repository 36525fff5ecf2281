package io.sallyport.tree;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;

/**
 * The rooms of the core in the order in which a connection walks. A room may use those that stand after it here, and the
 * packages below a room belong to it.
 */
final class Rooms {

    static final List<String> IN_ORDER = List.of(
            "cli",
            "admin",
            "policy",
            "launch",
            "config",
            "plugin",
            "identity",
            "grant",
            "target",
            "session",
            "decision",
            "approval",
            "journal",
            "store");

    private final String home;

    /** Rooms that are packages of another one. */
    Rooms(String home) {
        this.home = home + ".";
    }

    /** Classes that stand in no room. */
    List<String> homeless(JavaClasses classes) {
        return classes.stream()
                .filter(type -> rank(type) < 0)
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }

    /** Uses of a room that stands before the user's. */
    List<String> upwards(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(this::isUpwards)
                .map(Rooms::described)
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isUpwards(Dependency dependency) {
        int to = rank(dependency.getTargetClass());
        return to >= 0 && to < rank(dependency.getOriginClass());
    }

    private static String described(Dependency dependency) {
        return dependency.getOriginClass().getName() + " uses "
                + dependency.getTargetClass().getName();
    }

    private int rank(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(home)) {
            return -1;
        }
        String inside = name.substring(home.length());
        int dot = inside.indexOf('.');
        return IN_ORDER.indexOf(dot < 0 ? inside : inside.substring(0, dot));
    }
}
