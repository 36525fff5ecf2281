package io.sallyport.api.surface;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spells types as a source file would, with full names, and remembers every class that it spelled. */
final class TypeText {

    private final Set<Class<?>> seen = new HashSet<>();

    Set<Class<?>> seen() {
        return seen;
    }

    String name(Class<?> type) {
        seen.add(type);
        return type.getTypeName().replace('$', '.');
    }

    String type(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return type(array.getAnnotatedGenericComponentType()) + annotationsAfter(type) + "[]";
        }
        if (type instanceof AnnotatedParameterizedType parameterized) {
            Class<?> raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            return annotations(type)
                    + name(raw)
                    + types("<", parameterized.getAnnotatedActualTypeArguments(), ", ", ">");
        }
        if (type instanceof AnnotatedTypeVariable variable) {
            return annotations(type) + variable.getType().getTypeName();
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            return annotations(type)
                    + "?"
                    + types(" super ", wildcard.getAnnotatedLowerBounds(), " & ", "")
                    + types(" extends ", bounds(wildcard.getAnnotatedUpperBounds()), " & ", "");
        }
        return annotations(type) + name((Class<?>) type.getType());
    }

    /** The types between their delimiters, or nothing where there are none. */
    String types(String before, AnnotatedType[] types, String between, String after) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(this::type).collect(Collectors.joining(between, before, after));
    }

    String typeParameters(GenericDeclaration declaration) {
        List<String> parameters = new ArrayList<>();
        for (TypeVariable<?> variable : declaration.getTypeParameters()) {
            parameters.add(annotations(variable)
                    + variable.getName()
                    + types(" extends ", bounds(variable.getAnnotatedBounds()), " & ", ""));
        }
        return parameters.isEmpty() ? "" : "<" + String.join(", ", parameters) + ">";
    }

    /** The annotations of an element, each followed by a space. */
    String annotations(AnnotatedElement element) {
        return sorted(element).map(text -> text + " ").collect(Collectors.joining());
    }

    private String annotationsAfter(AnnotatedElement element) {
        return sorted(element).map(text -> " " + text + " ").collect(Collectors.joining());
    }

    private Stream<String> sorted(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .sorted(Comparator.comparing(
                        annotation -> annotation.annotationType().getName()))
                .map(this::annotation);
    }

    private String annotation(Annotation annotation) {
        seen.add(annotation.annotationType());
        return annotation.toString().replace("()", "");
    }

    private static AnnotatedType[] bounds(AnnotatedType[] bounds) {
        return Arrays.stream(bounds)
                .filter(bound -> bound.getType() != Object.class || bound.getAnnotations().length > 0)
                .toArray(AnnotatedType[]::new);
    }
}
