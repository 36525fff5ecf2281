package io.sallyport.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceGlobTest {

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final ResourceKind FUNCTION = new ResourceKind("function", '.', false);
    private static final ResourceKind ARGUMENTS = new ResourceKind("", ' ', false);
    private static final ResourceKind PATH = new ResourceKind("", '/', false);
    private static final List<ResourceKind> KINDS = List.of(RELATION, FUNCTION, ARGUMENTS, PATH);

    private static Resource resource(ResourceKind kind, String spelled) {
        return new Resource(kind, List.of(spelled.split(String.valueOf('\\') + kind.separator(), -1)), true);
    }

    @ParameterizedTest
    @CsvSource({
        "public.customers,     public.customers,      true,  true",
        "public.customers,     public.customers.ssn,  true,  true",
        "public.customers,     public.orders,         false, false",
        "public.customers.ssn, public.customers,      false, true",
        "public.customers.ssn, public.customers.id,   false, false",
        "public.*,             public.customers,      true,  true",
        "public.*,             public.customers.ssn,  true,  true",
        "public.cust*,         public.customers,      true,  true",
        "public.*mers,         public.customers,      true,  true",
        "public.*x*,           public.customers,      false, false",
        "public.**,            public.customers.ssn,  true,  true",
        "public.**,            other.customers,       false, false",
        "**,                   other.customers,       true,  true"
    })
    void aRelationPatternCoversItsColumnsAndIsTouchedByItsTable(
            String pattern, String resource, boolean covers, boolean touches) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        Resource relation = resource(RELATION, resource);
        // When
        List<Boolean> answers = List.of(glob.covers(relation), glob.touches(relation));
        // Then
        assertEquals(List.of(covers, touches), answers);
    }

    @ParameterizedTest
    @CsvSource({
        "systemctl status *,     systemctl status site,       true",
        "systemctl status *,     systemctl status --all,      false",
        "systemctl status *,     systemctl status a b,        false",
        "systemctl restart site, systemctl restart site,      true",
        "systemctl restart site, systemctl restart site now,  false",
        "ls **,                  ls,                          true",
        "ls **,                  ls -l /tmp,                  true",
        "tail -*,                tail -f,                     true"
    })
    void aStarCoversOneArgumentThatIsNoOption(String pattern, String command, boolean covers) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        // When
        boolean covered = glob.covers(resource(ARGUMENTS, command));
        // Then
        assertEquals(covers, covered);
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/site/**, /srv/site/a/b, true",
        "/srv/site/**, /srv/site,     false",
        "/srv/*/x,     /srv/site/x,   true",
        "/srv/*/x,     /srv/a/b/x,    false",
        "/srv/site,    /srv/site/a,   false"
    })
    void twoStarsCoverWhatLiesInADirectory(String pattern, String path, boolean covers) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        // When
        boolean covered = glob.covers(resource(PATH, path));
        // Then
        assertEquals(covers, covered);
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/**,            true,  true",
        "/srv/site/**,       true,  true",
        "/**,                true,  true",
        "**,                 true,  true",
        "/srv/site,          false, false",
        "/srv/site/*,        false, true",
        "/srv/site/a/b,      false, true",
        "/srv/site/a/**,     false, true",
        "/*/site/secret,     false, true",
        "/srv/other/**,      false, false",
        "/srv,               false, false",
        "/etc/passwd,        false, false"
    })
    void whatLiesBelowIsCoveredByTheRestAloneAndTouchedByAllThatItMayMean(
            String pattern, boolean covers, boolean touches) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        Resource below = Resource.below(PATH, List.of("", "srv", "site"));
        // When
        List<Boolean> answers = List.of(glob.covers(below), glob.touches(below));
        // Then
        assertEquals(List.of(covers, touches), answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rm -rf /", "ls", "**", "shutdown now", "/sbin/halt"})
    void whatIsUnknownIsCoveredByNothingAndTouchedByAll(String pattern) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        Resource unknown = Resource.unknown(ARGUMENTS);
        // When
        List<Boolean> answers = List.of(glob.covers(unknown), glob.touches(unknown));
        // Then
        assertEquals(List.of(false, true), answers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rsync --server . /srv//x", "tar xf a.", "ls ..", "git clone https://host/a.git", "cat /a/"})
    void aCommandMayHoldWhatIsNoNameElsewhere(String pattern) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        // When
        boolean covered = glob.covers(resource(ARGUMENTS, pattern));
        // Then
        assertEquals(true, covered);
    }

    @Test
    void theRootIsAPath() {
        // Given
        ResourceGlob glob = ResourceGlob.parse("/", KINDS);
        // When
        List<Boolean> answers =
                List.of(glob.covers(Resource.of(PATH, "", "")), glob.covers(Resource.of(PATH, "", "etc")));
        // Then
        assertEquals(List.of(true, false), answers);
    }

    @ParameterizedTest
    @CsvSource({
        "public.customers,     customers, true",
        "public.customers.ssn, customers, true",
        "public.cust*,         customers, true",
        "public.**,            customers, true",
        "public.orders,        customers, false"
    })
    void anUnresolvedNameIsCoveredByNothingAndTouchedByWhatItMayMean(String pattern, String name, boolean touches) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        Resource unresolved = Resource.unresolved(RELATION, name);
        // When
        List<Boolean> answers = List.of(glob.covers(unresolved), glob.touches(unresolved));
        // Then
        assertEquals(List.of(false, touches), answers);
    }

    @ParameterizedTest
    @CsvSource({
        "prod/**,            prod/pods/*,    true,  true",
        "prod/pods/*,        prod/pods/*,    true,  true",
        "prod/pods/web,      prod/pods/*,    false, true",
        "prod/pods/web-*,    prod/pods/*,    false, true",
        "prod/secrets/*,     prod/pods/*,    false, false",
        "prod/**,            */pods/*,       false, true",
        "p*d/pods/*,         */pods/*,       false, true",
        "*/pods/*,           */pods/*,       true,  true",
        "*/pods/web,         */pods/*,       false, true",
        "**,                 */pods/*,       true,  true",
        "*/pods/*,           prod/pods/web,  true,  true",
        "'prod/pods/\"*\"', prod/pods/web,  false, false",
        "'prod/pods/\"*\"', prod/pods/*,    true,  true"
    })
    void aCollectionIsCoveredByStarsAloneAndTouchedByWhatItMayHold(
            String pattern, String resource, boolean covers, boolean touches) {
        // Given
        ResourceGlob glob = ResourceGlob.parse(pattern, KINDS);
        Resource collection = resource(PATH, resource);
        // When
        List<Boolean> answers = List.of(glob.covers(collection), glob.touches(collection));
        // Then
        assertEquals(List.of(covers, touches), answers);
    }

    @Test
    void anArgumentThatIsAStarIsNoCollection() {
        // Given
        ResourceGlob glob = ResourceGlob.parse("ls secret", KINDS);
        // When
        boolean touched = glob.touches(Resource.of(ARGUMENTS, "ls", "*"));
        // Then
        assertEquals(false, touched);
    }

    @Test
    void aPrefixBelongsToItsKindOnly() {
        // Given
        ResourceGlob glob = ResourceGlob.parse("function:public.purge", KINDS);
        // When
        List<Boolean> answers = List.of(
                glob.covers(Resource.of(FUNCTION, "public", "purge")),
                glob.covers(Resource.of(RELATION, "public", "purge")));
        // Then
        assertEquals(List.of(true, false), answers);
    }

    @Test
    void aQuotedSegmentMayHoldSeparatorsStarsAndQuotes() {
        // Given
        ResourceGlob glob = ResourceGlob.parse("public.\"a.b*\"\"c\"", KINDS);
        // When
        List<Boolean> answers = List.of(
                glob.covers(Resource.of(RELATION, "public", "a.b*\"c")),
                glob.covers(Resource.of(RELATION, "public", "a.bx\"c")));
        // Then
        assertEquals(List.of(true, false), answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "function:", "public..x", "public.", "a.**.b", "\"open", ".x"})
    void aPatternThatNamesNothingIsRefused(String pattern) {
        // When / Then
        assertThrows(IllegalArgumentException.class, () -> ResourceGlob.parse(pattern, List.of(RELATION, FUNCTION)));
    }

    @Test
    void aHostileGlobIsMatchedWithoutBacktrackingWithoutEnd() {
        // Given
        ResourceGlob glob = ResourceGlob.parse("public." + "*a".repeat(200) + "*b", KINDS);
        Resource hostile = Resource.of(RELATION, "public", "a".repeat(20_000));
        // When
        boolean covered = glob.covers(hostile);
        // Then
        assertEquals(false, covered);
    }
}
