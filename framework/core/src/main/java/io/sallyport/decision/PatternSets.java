package io.sallyport.decision;

import io.sallyport.api.config.ResourcePattern;
import java.util.List;

/**
 * How patterns relate to each other, for tools that look for entries and rules that never decide. Both questions are answered
 * on the safe side: yes only where it is certain.
 */
public final class PatternSets {

    private PatternSets() {}

    /** Whether one pattern covers everything that another covers, for certain. */
    public static boolean contains(ResourcePattern wide, ResourcePattern narrow) {
        if (!(wide instanceof ResourceGlob outer) || !(narrow instanceof ResourceGlob inner)) {
            return wide.equals(narrow);
        }
        return inner.forms().stream()
                .allMatch(form -> outer.forms().stream().anyMatch(candidate -> contains(candidate, form)));
    }

    /** Whether nothing can lie under both patterns, nor one in what the other covers, for certain. */
    public static boolean disjoint(ResourcePattern one, ResourcePattern other) {
        if (!(one instanceof ResourceGlob left) || !(other instanceof ResourceGlob right)) {
            return false;
        }
        return left.forms().stream()
                .noneMatch(form -> right.forms().stream().anyMatch(candidate -> mayMeet(form, candidate)));
    }

    private static boolean contains(ResourceGlob.Form wide, ResourceGlob.Form narrow) {
        List<SegmentGlob> outer = wide.segments();
        List<SegmentGlob> inner = narrow.segments();
        if (!wide.kind().equals(narrow.kind()) || outer.size() > inner.size()) {
            return false;
        }
        boolean arguments = wide.kind().separator() == ' ';
        boolean lengthFits = wide.rest()
                ? arguments || inner.size() > outer.size() || narrow.rest()
                : wide.kind().nested() || (!narrow.rest() && inner.size() == outer.size());
        for (int i = 0; i < outer.size() && lengthFits; i++) {
            lengthFits = contains(outer.get(i), inner.get(i), arguments);
        }
        return lengthFits;
    }

    private static boolean contains(SegmentGlob wide, SegmentGlob narrow, boolean argument) {
        if (wide.equals(narrow)) {
            return true;
        }
        boolean option = argument && narrow.text().startsWith("-") && !wide.literal();
        return !option && (wide.any() || (narrow.literal() && wide.matches(narrow.text())));
    }

    private static boolean mayMeet(ResourceGlob.Form one, ResourceGlob.Form other) {
        if (!one.kind().equals(other.kind())) {
            return false;
        }
        int left = one.segments().size();
        int right = other.segments().size();
        boolean lengthFits = left == right || one.kind().nested() || (left < right ? one.rest() : other.rest());
        for (int i = 0; i < Math.min(left, right) && lengthFits; i++) {
            lengthFits = mayMeet(one.segments().get(i), other.segments().get(i));
        }
        return lengthFits;
    }

    private static boolean mayMeet(SegmentGlob one, SegmentGlob other) {
        if (one.literal()) {
            return other.matches(one.text());
        }
        return !other.literal() || one.matches(other.text());
    }
}
