package io.sallyport.approval;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may decide which approval. */
public final class Eligibility {

    /** Claims in which issuers put what people call a person. */
    private static final List<String> NAMES = List.of(
            "preferred_username", "email", "upn", "unique_name", "username", "user_login", "login", "nickname", "name");

    private Eligibility() {}

    /** Whether the approval's rule names a group of this person. */
    public static boolean named(Approvers approvers, Principal person) {
        return approvers.issuer().equals(person.issuer()) && !Collections.disjoint(approvers.groups(), person.groups());
    }

    /** Why this person may not decide this approval; null if the person may. */
    public static @Nullable String refusal(ApprovalView approval, Principal person) {
        return refusal(approval.requester(), approval.terms().approvers(), person);
    }

    /**
     * Why this person may not decide what somebody has asked for; null if the person may.
     *
     * @param requester who asks
     * @param approvers who decides
     */
    public static @Nullable String refusal(Principal requester, Approvers approvers, Principal person) {
        if (requester.same(person)) {
            return "you asked for this yourself; somebody else has to decide it";
        }
        if (!named(approvers, person)) {
            return "people of issuer " + approvers.issuer() + " in one of the groups "
                    + String.join(", ", new TreeSet<>(approvers.groups())) + " decide this";
        }
        String human = requester.onBehalfOf();
        if (human != null && isCalled(person, human)) {
            return "this was asked for on your behalf; somebody else has to decide it";
        }
        return null;
    }

    /**
     * Whether the person may be meant by a name that another issuer gave: any likeness counts, since a wrong yes would let
     * people approve their own automation, and a wrong no only asks for a colleague.
     */
    private static boolean isCalled(Principal person, String name) {
        List<String> names = new ArrayList<>();
        names.add(person.subject());
        names.add(person.display());
        for (String claim : NAMES) {
            String value = person.claims().get(claim);
            if (value != null) {
                names.add(value);
            }
        }
        String wanted = folded(name);
        for (String candidate : names) {
            String folded = folded(candidate);
            if (folded.equals(wanted) || localPart(folded).equals(localPart(wanted))) {
                return true;
            }
        }
        return false;
    }

    private static String localPart(String name) {
        int at = name.indexOf('@');
        return at <= 0 ? name : name.substring(0, at);
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }
}
