package io.sallyport.config.binding;

import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.TextPattern;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads single values. Every reader throws {@link IllegalArgumentException} with a sentence for the user. */
final class Scalars {

    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private final Map<Class<?>, Function<String, ?>> readers = new HashMap<>();

    Scalars(BindingWords words, Path directory) {
        Function<String, Integer> integer = text -> (int) number(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        Function<String, Long> longer = text -> number(text, Long.MIN_VALUE, Long.MAX_VALUE);
        readers.put(String.class, text -> text);
        readers.put(boolean.class, Scalars::truth);
        readers.put(Boolean.class, Scalars::truth);
        readers.put(int.class, integer);
        readers.put(Integer.class, integer);
        readers.put(long.class, longer);
        readers.put(Long.class, longer);
        readers.put(Duration.class, Scalars::duration);
        readers.put(ByteSize.class, ByteSize::parse);
        readers.put(HostPort.class, HostPort::parse);
        readers.put(Path.class, text -> path(text, directory));
        readers.put(URI.class, Scalars::uri);
        readers.put(LocalDate.class, text -> time(text, LocalDate::parse, "a date such as 2027-06-30"));
        readers.put(LocalTime.class, text -> time(text, LocalTime::parse, "a time such as \"05:00\""));
        readers.put(ZoneId.class, text -> time(text, ZoneId::of, "a time zone such as Europe/Berlin"));
        readers.put(ResourcePattern.class, words.resources());
        readers.put(TextPattern.class, words.texts());
        readers.put(Verb.class, word("verb", words.verbs(), Verb::name));
        readers.put(Trait.class, word("trait", words.traits(), Trait::name));
    }

    /** What reads values of a type; null if it is not a type of single values. */
    @Nullable
    Function<String, ?> reader(Class<?> type) {
        Function<String, ?> reader = readers.get(type);
        if (reader != null) {
            return reader;
        }
        if (type.isEnum()) {
            return word("word", List.of(type.getEnumConstants()), constant -> Paths.kebab((Enum<?>) constant));
        }
        return parser(type);
    }

    private static <T> Function<String, T> word(String kind, Collection<T> known, Function<T, String> spelling) {
        return text -> known.stream()
                .filter(word -> spelling.apply(word).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(NearestWord.unknown(
                        kind, text, known.stream().map(spelling).toList())));
    }

    /** The public static method {@code parse(String)} by which a type reads its own spelling. */
    private static @Nullable Function<String, ?> parser(Class<?> type) {
        Method parse = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals("parse")
                        && Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers())
                        && type.isAssignableFrom(method.getReturnType())
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                .findFirst()
                .orElse(null);
        return parse == null ? null : text -> parsed(parse, text);
    }

    private static Object parsed(Method parse, String text) {
        try {
            parse.setAccessible(true);
            return parse.invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalArgumentException("cannot be read", e);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("cannot be read", e);
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static long number(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
        }
        throw new IllegalArgumentException("'" + text + "' is too large");
    }

    private static Duration duration(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        Duration unit = UNITS.get(text.substring(digits));
        try {
            if (unit != null && digits > 0) {
                return unit.multipliedBy(Long.parseLong(text.substring(0, digits)));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is too long", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a duration such as 500ms, 10s, 15m, 2h or 400d");
    }

    private static Path path(String text, Path directory) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a path is not empty");
        }
        return directory.resolve(text).normalize();
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a URL", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a URL with a scheme");
    }

    private static <T> T time(String text, Function<String, T> reader, String what) {
        try {
            return reader.apply(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not " + what, e);
        }
    }
}
