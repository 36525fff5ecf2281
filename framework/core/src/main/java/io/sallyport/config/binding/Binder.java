package io.sallyport.config.binding;

import io.sallyport.api.action.Verb;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds nodes to records by the contract of {@link io.sallyport.api.config}.
 *
 * <ol>
 *   <li>All problems of a node are found in one pass; a record comes out only if there is none.
 *   <li>In a list of verbs {@code *} stands for every declared verb.
 *   <li>Besides the types of the contract, {@code Set}, dates, times, zones, {@link Node} (left unbound),
 *       {@code Supplier<Secret>} (read anew each time) and every type with a public static {@code parse(String)} are
 *       understood.
 * </ol>
 *
 * <p>Confined to one thread.
 */
public final class Binder {

    private final BindingWords words;
    private final Scalars scalars;
    private final References references;
    private final Problems problems;

    /** A binder that knows these words and reports to these problems. */
    public Binder(BindingWords words, References references, Problems problems) {
        this.words = words;
        this.scalars = new Scalars(words, references.directory());
        this.references = references;
        this.problems = problems;
    }

    /** The directory from which relative paths start. */
    public Path directory() {
        return references.directory();
    }

    /** The same binder with other words. */
    public Binder with(BindingWords others) {
        return new Binder(others, references, problems);
    }

    /** The record that the node spells; null, with problems added, if it spells none. */
    public <T extends Record> @Nullable T bind(Node node, Class<T> type, String path) {
        return bind(node, type, path, Set.of());
    }

    /**
     * The record that the node spells; null, with problems added, if it spells none.
     *
     * @param others keys that somebody else has taken out of the node: offered to who mistypes them
     */
    public <T extends Record> @Nullable T bind(Node node, Class<T> type, String path, Set<String> others) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node, path, "expected keys and values, found " + node.what());
            return null;
        }
        int before = problems.count();
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknownKeys(mapping, components, path, others);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(mapping, components[i], path);
        }
        return problems.count() == before ? construct(type, values, mapping, path) : null;
    }

    /** The keys of a record, as the configuration spells them. */
    public static Set<String> keys(Class<? extends Record> type) {
        Set<String> keys = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(Paths.kebab(component.getName()));
        }
        return keys;
    }

    /** Whether a component may be absent without a default. A plugin's copy of the annotation counts too. */
    public static boolean optional(RecordComponent component) {
        return Arrays.stream(component.getAnnotatedType().getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getName().equals("org.jspecify.annotations.Nullable"));
    }

    private void refuseUnknownKeys(
            Node.Mapping mapping, RecordComponent[] components, String path, Set<String> others) {
        Set<String> known = new HashSet<>(others);
        Set<String> own = new HashSet<>();
        for (RecordComponent component : components) {
            own.add(Paths.kebab(component.getName()));
        }
        known.addAll(own);
        mapping.entries().forEach((key, entry) -> {
            if (!own.contains(key)) {
                problems.add(entry.key(), Paths.key(path, key), NearestWord.unknown("key", key, known));
            }
        });
    }

    private @Nullable Object component(Node.Mapping mapping, RecordComponent component, String path) {
        String key = Paths.kebab(component.getName());
        Node node = mapping.get(key);
        if (node != null) {
            return value(node, component.getGenericType(), Paths.key(path, key));
        }
        Default byDefault = component.getAnnotation(Default.class);
        if (byDefault != null) {
            Node spelled = spelled(byDefault.value(), component.getType(), mapping);
            return value(spelled, component.getGenericType(), Paths.key(path, key));
        }
        if (!optional(component)) {
            problems.add(mapping, path, "the key '" + key + "' is missing");
        }
        return null;
    }

    private static Node spelled(String value, Class<?> type, Node place) {
        boolean single = !type.isRecord() && !Collection.class.isAssignableFrom(type) && type != Map.class;
        Problems unexpected = new Problems("default");
        Node node = value.startsWith("[") || value.startsWith("{") ? YamlReader.read(value, unexpected) : null;
        if (single || node == null) {
            return new Node.Scalar(value, false, place.line(), place.column());
        }
        return moved(node, place);
    }

    /** A default has no line of its own: problems with it are shown where the key is missing. */
    private static Node moved(Node node, Node place) {
        if (node instanceof Node.Sequence sequence) {
            List<Node> items =
                    sequence.items().stream().map(item -> moved(item, place)).toList();
            return new Node.Sequence(items, place.line(), place.column());
        }
        if (node instanceof Node.Mapping mapping) {
            return new Node.Mapping(mapping.entries(), place.line(), place.column());
        }
        return new Node.Scalar(((Node.Scalar) node).text(), false, place.line(), place.column());
    }

    private @Nullable Object value(Node node, Type type, String path) {
        if (type == Node.class) {
            return node;
        }
        if (node instanceof Node.Scalar scalar && scalar.empty()) {
            String word = scalar.text().isEmpty() ? "" : "; the word itself stands in quotes";
            problems.add(node, path, "the key has no value; give it one or leave it out" + word);
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return collection(node, generic, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Secret.class) {
            return node instanceof Node.Scalar scalar
                    ? references.secret(scalar, path, problems)
                    : expected(node, path);
        }
        Function<String, ?> reader = scalars.reader(plain);
        if (reader != null) {
            return node instanceof Node.Scalar scalar ? single(scalar, reader, path) : expected(node, path);
        }
        if (plain.isRecord()) {
            return bind(node, plain.asSubclass(Record.class), path);
        }
        problems.add(node, path, "a component of type " + plain.getName() + " cannot be configured");
        return null;
    }

    private @Nullable Object expected(Node node, String path) {
        problems.add(node, path, "expected a single value, found " + node.what());
        return null;
    }

    private @Nullable Object single(Node.Scalar scalar, Function<String, ?> reader, String path) {
        String text = references.text(scalar, path, problems);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(scalar, path, said(e));
            return null;
        }
    }

    private @Nullable Object collection(Node node, ParameterizedType type, String path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            List<Object> items = new ArrayList<>();
            return items(node, arguments[0], path, items) ? items : null;
        }
        if (type.getRawType() == Set.class) {
            Set<Object> items = new LinkedHashSet<>();
            return items(node, arguments[0], path, items) ? items : null;
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            return map(node, arguments[1], path);
        }
        if (type.getRawType() == Supplier.class && arguments[0] == Secret.class) {
            return node instanceof Node.Scalar scalar ? reread(scalar, path) : expected(node, path);
        }
        problems.add(node, path, "a component of type " + type + " cannot be configured");
        return null;
    }

    /** A secret whose file is read again each time, for those that are renewed in place. */
    private @Nullable Supplier<Secret> reread(Node.Scalar scalar, String path) {
        if (references.secret(scalar, path, problems) == null) {
            return null;
        }
        return () -> {
            Problems later = new Problems("configuration");
            Secret secret = references.secret(scalar, path, later);
            if (secret == null) {
                throw new IllegalStateException(later.all().get(0).text());
            }
            return secret;
        };
    }

    private boolean items(Node node, Type type, String path, Collection<Object> items) {
        if (!(node instanceof Node.Sequence sequence)) {
            problems.add(node, path, "expected a list, found " + node.what());
            return false;
        }
        int before = problems.count();
        for (int i = 0; i < sequence.items().size(); i++) {
            Node item = sequence.items().get(i);
            if (type == Verb.class
                    && item instanceof Node.Scalar scalar
                    && scalar.text().equals("*")) {
                items.addAll(words.verbs());
                continue;
            }
            Object value = value(item, type, Paths.item(path, i));
            if (value != null && !items.add(value)) {
                problems.add(item, Paths.item(path, i), "stands twice in the list");
            }
        }
        return problems.count() == before;
    }

    private @Nullable Object map(Node node, Type type, String path) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node, path, "expected keys and values, found " + node.what());
            return null;
        }
        int before = problems.count();
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            Object value = value(entry.value(), type, Paths.key(path, key));
            if (value != null) {
                values.put(key, value);
            }
        });
        return problems.count() == before ? values : null;
    }

    private <T extends Record> @Nullable T construct(Class<T> type, Object[] values, Node node, String path) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            problems.add(node, path, said(e.getCause()));
        } catch (ReflectiveOperationException e) {
            problems.add(node, path, "the record " + type.getName() + " cannot be made");
        }
        return null;
    }

    private static String said(@Nullable Throwable refusal) {
        String message = refusal instanceof IllegalArgumentException ? refusal.getMessage() : null;
        return message == null ? "is refused" : message;
    }
}
