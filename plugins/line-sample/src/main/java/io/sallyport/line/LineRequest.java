package io.sallyport.line;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a line asks for. Whatever has another form is no request, and never reaches a target. */
final class LineRequest {

    private static final char NOT_UTF8 = '\uFFFD';
    private static final ResourceKind KEY = new ResourceKind("", '/', true);
    private static final Map<String, Verb> VERBS =
            Map.of("GET", new Verb("read"), "PUT", new Verb("write"), "DEL", new Verb("remove"));

    static final Vocabulary VOCABULARY =
            new Vocabulary(Set.copyOf(VERBS.values()), Set.of(Trait.OUTPUT), List.of(KEY), Map.of());

    private LineRequest() {}

    /** Reads a line; the message of an IllegalArgumentException says how one is written. */
    static ApiRequest read(String line) {
        String[] words = line.split(" ", 3);
        Verb verb = VERBS.get(words[0]);
        boolean put = words[0].equals("PUT");
        boolean odd = line.chars().anyMatch(c -> c == NOT_UTF8 || Character.isISOControl(c));
        if (verb == null || odd || words.length != (put ? 3 : 2)) {
            throw new IllegalArgumentException("a request is GET KEY, PUT KEY VALUE or DEL KEY");
        }
        Set<Trait> traits = words[0].equals("GET") ? Set.of(Trait.OUTPUT) : Set.of();
        Analysis analysis = Analysis.exact(line, List.of(new Access(verb, key(words[1]), traits)));
        return new ApiRequest(analysis, words[0], words[1], put ? words[2].getBytes(StandardCharsets.UTF_8) : null);
    }

    /** A key has one spelling only, so that nobody can walk around a rule on it. */
    static Resource key(String text) {
        String[] segments = text.split("/", -1);
        for (String segment : segments) {
            boolean plain =
                    segment.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || ".-_".indexOf(c) >= 0));
            if (!plain || segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("a key is letters, digits and .-_ between single slashes");
            }
        }
        return Resource.of(KEY, segments);
    }
}
