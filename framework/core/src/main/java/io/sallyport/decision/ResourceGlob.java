package io.sallyport.decision;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.config.ResourcePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource pattern, compiled for every declared kind of resource that it can mean.
 *
 * <p>{@code **} stands only at the end. It covers any number of further arguments where segments are separated by spaces,
 * and one or more further segments elsewhere: {@code /srv/**} covers what lies in {@code /srv}, not {@code /srv} itself.
 * Where a connector has commands, a pattern with a space means a command alone, and one that begins with a slash a path or a
 * command: both may hold what is no name elsewhere.
 */
public final class ResourceGlob implements ResourcePattern {

    private final String text;
    private final List<Form> forms;

    private ResourceGlob(String text, List<Form> forms) {
        this.text = text;
        this.forms = forms;
    }

    /** The pattern as one kind of resource reads it. */
    record Form(ResourceKind kind, List<SegmentGlob> segments, boolean rest) {

        /** The segments as text if all are literal and nothing follows, else null. */
        @Nullable
        List<String> exact() {
            if (rest || !segments.stream().allMatch(SegmentGlob::literal)) {
                return null;
            }
            return segments.stream().map(SegmentGlob::text).toList();
        }
    }

    /**
     * Reads the spelling of the configuration.
     *
     * @param kinds every kind that a connector declares; a prefix that none of them has belongs to the first segment
     * @throws IllegalArgumentException if it is not a pattern of any kind
     */
    public static ResourceGlob parse(String text, Collection<ResourceKind> kinds) {
        String prefix = prefixOf(text, kinds);
        String rest = prefix.isEmpty() ? text : text.substring(prefix.length() + 1);
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no resource");
        }
        List<Form> forms = new ArrayList<>();
        for (ResourceKind kind : kinds) {
            if (kind.prefix().equals(prefix)
                    && couldMean(rest, kind, kinds)
                    && forms.stream().noneMatch(form -> form.kind().equals(kind))) {
                forms.add(form(text, kind, split(rest, kind.separator())));
            }
        }
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no form that a connector declares");
        }
        return new ResourceGlob(text, List.copyOf(forms));
    }

    private static String prefixOf(String text, Collection<ResourceKind> kinds) {
        for (ResourceKind kind : kinds) {
            if (!kind.prefix().isEmpty() && text.startsWith(kind.prefix() + ":")) {
                return kind.prefix();
            }
        }
        return "";
    }

    /** What begins with a slash is a path or a program, and what has a space is a program with its arguments. */
    private static boolean couldMean(String text, ResourceKind kind, Collection<ResourceKind> kinds) {
        char separator = kind.separator();
        boolean declared = kinds.stream().anyMatch(other -> other.separator() == ' ');
        return separator == ' ' || !declared || (!hasBareSpace(text) && (separator == '/' || !text.startsWith("/")));
    }

    private static boolean hasBareSpace(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == ' ' && !quoted) {
                return true;
            }
        }
        return false;
    }

    private static Form form(String text, ResourceKind kind, List<SegmentGlob> segments) {
        int last = segments.size() - 1;
        boolean rest = isRest(segments.get(last));
        List<SegmentGlob> named = rest ? segments.subList(0, last) : segments;
        if (named.stream().anyMatch(ResourceGlob::isRest)) {
            throw new IllegalArgumentException("'" + text + "': ** stands for the rest and comes last");
        }
        return new Form(kind, List.copyOf(named), rest);
    }

    private static boolean isRest(SegmentGlob segment) {
        return !segment.literal() && segment.text().equals("**");
    }

    private static List<SegmentGlob> split(String text, char separator) {
        List<SegmentGlob> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    segment.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                    wasQuoted = true;
                }
            } else if (c == separator && !quoted) {
                segments.add(segment(text, segment.toString(), wasQuoted, segments.isEmpty() && separator == '/'));
                segment.setLength(0);
                wasQuoted = false;
            } else {
                segment.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("'" + text + "' has a quote that is not closed");
        }
        segments.add(segment(text, segment.toString(), wasQuoted, false));
        return segments;
    }

    private static SegmentGlob segment(String whole, String text, boolean quoted, boolean mayBeEmpty) {
        if (text.isEmpty() && !quoted && !mayBeEmpty && !whole.equals("/")) {
            throw new IllegalArgumentException("'" + whole + "' has an empty segment");
        }
        if (quoted || text.indexOf('*') < 0) {
            return new SegmentGlob(text, true);
        }
        return text.equals("*") ? SegmentGlob.ANY : new SegmentGlob(text, false);
    }

    /** Whether the pattern covers whatever there is of a kind. */
    boolean isEverything(ResourceKind kind) {
        Form form = formFor(kind);
        return form != null && form.rest() && form.segments().isEmpty();
    }

    @Override
    public boolean covers(Resource resource) {
        Form form = resource.resolved() ? formFor(resource.kind()) : null;
        return form != null
                && (form.rest() || form.kind().nested() || !resource.reachesBelow())
                && matches(form, resource.segments(), true);
    }

    /** Whether the pattern names something below the segments before the last one, which stands for all of that. */
    private static boolean reachedBelow(Form form, List<String> segments) {
        int directory = segments.size() - 1;
        int named = form.segments().size();
        if (named <= directory && !form.rest() && !form.kind().nested()) {
            return false;
        }
        for (int i = 0; i < Math.min(named, directory); i++) {
            boolean collection = segments.get(i).equals(Resource.ALL);
            if (!collection && !form.segments().get(i).matches(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean touches(Resource resource) {
        Form form = formFor(resource.kind());
        if (form == null) {
            return false;
        }
        if (resource.unknown()) {
            return true;
        }
        if (resource.reachesBelow()) {
            return reachedBelow(form, resource.segments());
        }
        if (!resource.resolved()) {
            String name = resource.lastSegment();
            return form.rest() || form.segments().stream().anyMatch(segment -> segment.matches(name));
        }
        return matches(form, resource.segments(), false) || containsPattern(form, resource.segments());
    }

    private static boolean matches(Form form, List<String> segments, boolean strict) {
        int named = form.segments().size();
        boolean arguments = form.kind().separator() == ' ';
        boolean longer = segments.size() > named;
        boolean lengthFits = form.rest()
                ? longer || (segments.size() == named && (arguments || !strict))
                : segments.size() == named || (longer && form.kind().nested());
        if (!lengthFits) {
            return false;
        }
        for (int i = 0; i < named; i++) {
            SegmentGlob pattern = form.segments().get(i);
            String segment = segments.get(i);
            if (!strict && !arguments && segment.equals(Resource.ALL)) {
                continue;
            }
            boolean option = strict && arguments && segment.startsWith("-") && !pattern.literal();
            if (option && !pattern.text().startsWith("-")) {
                return false;
            }
            if (!pattern.matches(segment)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the resource is something of which the pattern names a part: a table, where the pattern names a column. */
    private static boolean containsPattern(Form form, List<String> segments) {
        if (!form.kind().nested() || segments.size() >= form.segments().size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!form.segments().get(i).matches(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Form formFor(ResourceKind kind) {
        for (Form form : forms) {
            if (form.kind().equals(kind)) {
                return form;
            }
        }
        return null;
    }

    /** The pattern as each kind reads it. */
    List<Form> forms() {
        return forms;
    }

    @Override
    public @Nullable List<String> prefix(ResourceKind kind) {
        Form form = formFor(kind);
        return form == null
                ? null
                : form.segments().stream()
                        .takeWhile(SegmentGlob::literal)
                        .map(SegmentGlob::text)
                        .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
