package io.sallyport.api.compatibility;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.AccessModifier;
import japicmp.model.JApiAnnotation;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiCompatibilityChange;
import japicmp.model.JApiCompatibilityChangeType;
import japicmp.model.JApiConstructor;
import japicmp.model.JApiParameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of one jar's API a later jar breaks: everything that stops a class compiled against the former from loading, or its
 * source from compiling, except what only concerns those who implement an interface that plugins do not implement.
 *
 * @param compared the names of the types that were compared
 * @param lines each break, as {@code TYPE MEMBER: CHANGE}
 */
record Breaks(Set<String> compared, List<String> lines) {

    private static final Set<JApiCompatibilityChangeType> OF_IMPLEMENTERS = EnumSet.of(
            JApiCompatibilityChangeType.METHOD_ADDED_TO_INTERFACE,
            JApiCompatibilityChangeType.METHOD_ABSTRACT_ADDED_IN_IMPLEMENTED_INTERFACE);

    static Breaks between(Path older, Path newer) {
        JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
        options.setAccessModifier(AccessModifier.PROTECTED);
        options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        List<JApiClass> classes = new JarArchiveComparator(options)
                .compare(new JApiCmpArchive(older.toFile(), "older"), new JApiCmpArchive(newer.toFile(), "newer"));
        Set<String> compared = new TreeSet<>();
        List<String> lines = new ArrayList<>();
        for (JApiClass type : classes) {
            if (type.getOldClass().isPresent()) {
                compared.add(type.getFullyQualifiedName());
                new OfType(type, lines).collect();
            }
        }
        return new Breaks(compared, lines);
    }

    /** The breaks of one type. */
    private record OfType(JApiClass type, List<String> lines) {

        void collect() {
            add("", type);
            add("extends", type.getSuperclass());
            type.getInterfaces().forEach(one -> add(one.getFullyQualifiedName(), one));
            type.getConstructors().forEach(one -> add("constructor " + parameters(one), one));
            type.getMethods().forEach(one -> add(one.getName(), one));
            type.getFields().forEach(one -> add(one.getName(), one));
        }

        private void add(String member, JApiCompatibility part) {
            for (JApiCompatibilityChange change : part.getCompatibilityChanges()) {
                boolean harmless = change.isBinaryCompatible() && change.isSourceCompatible();
                boolean ofImplementers = providedByGateway() && OF_IMPLEMENTERS.contains(change.getType());
                if (!harmless && !ofImplementers) {
                    lines.add((type.getFullyQualifiedName() + " " + member).trim() + ": " + change.getType());
                }
            }
        }

        private static String parameters(JApiConstructor constructor) {
            return constructor.getParameters().stream()
                    .map(JApiParameter::getType)
                    .collect(Collectors.joining(", ", "(", ")"));
        }

        /** As the older version promised: what it let plugins implement, they have implemented. */
        private boolean providedByGateway() {
            return type.getAnnotations().stream()
                    .filter(annotation -> annotation.getOldAnnotation().isPresent())
                    .map(JApiAnnotation::getFullyQualifiedName)
                    .anyMatch(name -> name.endsWith(".ProviderType"));
        }
    }
}
