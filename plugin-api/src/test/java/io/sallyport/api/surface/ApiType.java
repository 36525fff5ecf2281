package io.sallyport.api.surface;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What one public type shows: its head, and its public and protected members in order of their text. */
final class ApiType {

    private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

    private final Class<?> type;

    ApiType(Class<?> type) {
        this.type = type;
    }

    ApiLine head() {
        return line(
                (text, ignored) -> {
                    String head =
                            text.annotations(type) + modifiers() + kind() + text.name(type) + text.typeParameters(type);
                    if (type.isInterface()) {
                        head += text.types(" extends ", type.getAnnotatedInterfaces(), ", ", "");
                    } else {
                        AnnotatedType parent = type.getAnnotatedSuperclass();
                        boolean implied = parent.getType() == Object.class || type.isEnum() || type.isRecord();
                        head += implied ? "" : " extends " + text.type(parent);
                        head += text.types(" implements ", type.getAnnotatedInterfaces(), ", ", "");
                    }
                    return head + permits(text);
                },
                type);
    }

    List<ApiLine> members() {
        Set<ApiLine> lines = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (shown(field)) {
                lines.add(line(this::field, field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (shown(constructor) && !isCanonical(constructor)) {
                lines.add(line(this::constructor, constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (shown(method) && !implied(method)) {
                lines.add(line(this::method, method));
            }
        }
        List<ApiLine> members = new ArrayList<>(components());
        members.addAll(lines);
        return members;
    }

    /** A record's components stand in their own order, since that order is part of what callers compile against. */
    private List<ApiLine> components() {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(component -> line(this::component, component))
                        .toList()
                : List.of();
    }

    private String component(TypeText text, RecordComponent component) {
        return "component " + text.annotations(component) + text.type(component.getAnnotatedType()) + " "
                + component.getName();
    }

    private String field(TypeText text, Field field) {
        if (field.isEnumConstant()) {
            return "constant " + text.annotations(field) + field.getName();
        }
        return "field " + text.annotations(field) + modifiers(field.getModifiers(), Modifier.fieldModifiers())
                + text.type(field.getAnnotatedType()) + " " + field.getName() + value(field);
    }

    /** Compilers copy constants into their users, so that a value is as much a promise as a type. */
    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        if (!constant) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            return "";
        }
    }

    private String constructor(TypeText text, Constructor<?> constructor) {
        return "constructor " + text.annotations(constructor)
                + modifiers(constructor.getModifiers(), Modifier.constructorModifiers())
                + typeParameters(text, constructor) + type.getSimpleName() + signature(text, constructor);
    }

    private String method(TypeText text, Method method) {
        String otherwise = method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue();
        return "method " + text.annotations(method) + (method.isDefault() ? "default " : "")
                + modifiers(method.getModifiers(), Modifier.methodModifiers()) + typeParameters(text, method)
                + text.type(method.getAnnotatedReturnType()) + " " + method.getName() + signature(text, method)
                + otherwise;
    }

    private static String typeParameters(TypeText text, Executable executable) {
        String parameters = text.typeParameters(executable);
        return parameters.isEmpty() ? "" : parameters + " ";
    }

    private static String signature(TypeText text, Executable executable) {
        String parameters = Arrays.stream(executable.getParameters())
                .map(parameter -> parameter(text, parameter))
                .collect(Collectors.joining(", "));
        return "(" + parameters + ")" + text.types(" throws ", executable.getAnnotatedExceptionTypes(), ", ", "");
    }

    private static String parameter(TypeText text, Parameter parameter) {
        String type = text.type(parameter.getAnnotatedType());
        String spelled = parameter.isVarArgs() ? type.substring(0, type.length() - "[]".length()) + "..." : type;
        return text.annotations(parameter) + spelled;
    }

    private String permits(TypeText text) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .map(text::name)
                        .sorted()
                        .collect(Collectors.joining(", ", " permits ", ""))
                : "";
    }

    private String modifiers() {
        int mask = type.isInterface() ? Modifier.PUBLIC | Modifier.PROTECTED : Modifier.classModifiers();
        boolean implied = type.isRecord() || type.isEnum();
        int shown = type.getModifiers() & ~(implied ? Modifier.FINAL | Modifier.STATIC : Modifier.STATIC);
        return modifiers(shown, mask) + (type.isSealed() ? "sealed " : "");
    }

    private static String modifiers(int modifiers, int mask) {
        String text = Modifier.toString(modifiers & mask);
        return text.isEmpty() ? "" : text + " ";
    }

    private String kind() {
        if (type.isAnnotation()) {
            return "annotation ";
        }
        if (type.isInterface()) {
            return "interface ";
        }
        if (type.isRecord()) {
            return "record ";
        }
        return type.isEnum() ? "enum " : "class ";
    }

    /** What a record's or an enum's head already says, and what every object has. */
    private boolean implied(Method method) {
        boolean accessor = type.isRecord()
                && method.getParameterCount() == 0
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(method.getName()));
        boolean ofEnum = type.isEnum()
                && Modifier.isStatic(method.getModifiers())
                && Set.of("values", "valueOf").contains(method.getName());
        return accessor || ofEnum || OF_OBJECT.contains(method.getName());
    }

    private boolean isCanonical(Constructor<?> constructor) {
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
    }

    private static <M extends AccessibleObject & Member> boolean shown(M member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static <S> ApiLine line(BiFunction<TypeText, S, String> spelling, S subject) {
        TypeText text = new TypeText();
        return new ApiLine(spelling.apply(text, subject), text.seen());
    }
}
