package io.sallyport.kubernetes.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Access;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestNamingTest {

    private static String accesses(NamedRequest request) {
        return request.analysis().accesses().stream()
                .map(access -> access.verb() + " " + access.resource())
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("a request is named by namespace, kind, subresource and name")
    @CsvSource({
        "GET,    /api/v1/namespaces/prod/pods/web-1,                        get prod/pods/web-1",
        "HEAD,   /api/v1/namespaces/prod/pods/web-1,                        get prod/pods/web-1",
        "GET,    /api/v1/namespaces/prod/pods,                              list prod/pods/*",
        "GET,    /api/v1/pods,                                              list */pods/*",
        "GET,    /api/v1/nodes,                                             list -/nodes/*",
        "GET,    /api/v1/nodes/n1,                                          get -/nodes/n1",
        "GET,    /api/v1/namespaces,                                        list */namespaces/*",
        "GET,    /api/v1/namespaces/prod,                                   get prod/namespaces/prod",
        "PUT,    /api/v1/namespaces/prod/finalize,                          update prod/namespaces:finalize/prod",
        "PATCH,  /api/v1/namespaces/prod/status,                            patch prod/namespaces:status/prod",
        "DELETE, /api/v1/namespaces/prod,                                   delete prod/namespaces/prod",
        "GET,    /apis/apps/v1/namespaces/web/deployments/site,             get web/deployments.apps/site",
        "PUT,    /apis/apps/v1/namespaces/web/deployments/site,             update web/deployments.apps/site",
        "PATCH,  /apis/apps/v1/namespaces/web/deployments/site/scale,       patch web/deployments.apps:scale/site",
        "POST,   /apis/apps/v1/namespaces/web/deployments,                  create web/deployments.apps/*",
        "GET,    /apis/ex.org/v1/widgets,                                   list */widgets.ex.org/*",
        "GET,    /apis/ex.org/v1/widgets/w,                                 get -/widgets.ex.org/w",
        "POST,   /apis/ex.org/v1/widgets,                                   create -/widgets.ex.org/*",
        "POST,   /api/v1/pods,                                              create */pods/*",
        "GET,    /apis/rbac.authorization.k8s.io/v1/clusterroles,           list -/clusterroles.rbac.authorization.k8s.io/*",
        "GET,    /apis/rbac.authorization.k8s.io/v1/clusterroles/system:x,  get -/clusterroles.rbac.authorization.k8s.io/system:x",
        "GET,    /apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Ax, get -/clusterroles.rbac.authorization.k8s.io/system:x",
        "POST,   /api/v1/namespaces/prod/serviceaccounts/ci/token,          create prod/serviceaccounts:token/ci",
        "GET,    /api/v1/namespaces/prod/pods/web-1/log,                    get prod/pods:log/web-1",
        "GET,    /metrics,                                                  get path:/metrics",
        "POST,   /debug/x,                                                  create path:/debug/x",
        "GET,    /api,                                                      get path:/api",
        "GET,    /api/v1,                                                   get path:/api/v1",
        "GET,    /apis/apps/v1,                                             get path:/apis/apps/v1"
    })
    void named(String method, String path, String expected) {
        // When
        NamedRequest request = RequestNaming.of(method, path);

        // Then
        assertEquals(expected, accesses(request));
        assertFalse(request.analysis().opaque());
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("a watch is a watch in every spelling that the server takes for one")
    @CsvSource({
        "GET, /api/v1/namespaces/prod/pods?watch=true,               watch prod/pods/*",
        "GET, /api/v1/namespaces/prod/pods?watch=TRUE,               watch prod/pods/*",
        "GET, /api/v1/namespaces/prod/pods?watch=1,                  watch prod/pods/*",
        "GET, /api/v1/namespaces/prod/pods?watch,                    watch prod/pods/*",
        "GET, /api/v1/namespaces/prod/pods?w%61tch=t,                watch prod/pods/*",
        "GET, /api/v1/namespaces/prod/pods?watch=yes&limit=1,        watch prod/pods/*",
        "GET, /api/v1/watch/namespaces/prod/pods,                    watch prod/pods/*",
        "GET, /api/v1/watch/namespaces/prod/pods/p,                  watch prod/pods/p",
        "GET, /api/v1/watch/pods,                                    watch */pods/*",
        "GET, /apis/apps/v1/watch/namespaces/prod/deployments,       watch prod/deployments.apps/*",
        "GET, /api/v1/namespaces/prod/pods?watch=false,              list prod/pods/*",
        "GET, /api/v1/namespaces/prod/pods?watch=False,              list prod/pods/*",
        "GET, /api/v1/namespaces/prod/pods?watch=0,                  list prod/pods/*"
    })
    void watches(String method, String path, String expected) {
        // When
        NamedRequest request = RequestNaming.of(method, path);

        // Then
        assertEquals(expected, accesses(request));
        assertEquals(expected.startsWith("watch") ? Form.WATCH : Form.PLAIN, request.form());
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("K8S-04: exec, attach and port-forward create something, whatever the method")
    @CsvSource({
        "GET,  /api/v1/namespaces/prod/pods/p/exec?command=id,     create prod/pods:exec/p,        EXEC",
        "POST, /api/v1/namespaces/prod/pods/p/exec?command=id,     create prod/pods:exec/p,        EXEC",
        "GET,  /api/v1/namespaces/prod/pods/p/attach?stdout=1,     create prod/pods:attach/p,      ATTACH",
        "POST, /api/v1/namespaces/prod/pods/p/portforward,         create prod/pods:portforward/p, PORT_FORWARD",
        "GET,  /api/v1/namespaces/prod/pods/p/portforward?ports=1, create prod/pods:portforward/p, PORT_FORWARD"
    })
    void upgradesCreate(String method, String path, String expected, Form form) {
        // When
        NamedRequest request = RequestNaming.of(method, path);

        // Then
        assertEquals(expected, accesses(request));
        assertEquals(form, request.form());
        assertTrue(request.changes());
    }

    @Test
    @DisplayName("K8S-03: an exec by GET and one by POST are the same intent")
    void sameIntent() {
        // Given
        String path = "/api/v1/namespaces/prod/pods/p/exec?command=sh&command=-c&command=id&stdout=true";

        // When
        NamedRequest webSocket = RequestNaming.of("GET", path);
        NamedRequest spdy = RequestNaming.of("POST", path);

        // Then
        assertEquals(webSocket.analysis(), spdy.analysis());
        assertEquals(
                "create prod/pods:exec/p\ncommand: sh -c id\nstdout: true",
                spdy.analysis().text());
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("K8S-18: a subresource is a resource of its own")
    @CsvSource({
        "GET,   /api/v1/namespaces/n/pods/p/log,                   get n/pods:log/p",
        "POST,  /api/v1/namespaces/n/pods/p/binding,               create n/pods:binding/p",
        "POST,  /api/v1/namespaces/n/bindings,                     create n/bindings/*; create n/pods:binding/*",
        "POST,  /api/v1/namespaces/n/pods/p/eviction,              create n/pods:eviction/p; delete n/pods/p",
        "PUT,   /api/v1/namespaces/n/pods/p/status,                update n/pods:status/p",
        "PATCH, /api/v1/namespaces/n/pods/p/ephemeralcontainers,   create n/pods:ephemeralcontainers/p",
        "PUT,   /api/v1/namespaces/n/pods/p/ephemeralcontainers,   create n/pods:ephemeralcontainers/p",
        "GET,   /api/v1/namespaces/n/pods/p/ephemeralcontainers,   get n/pods:ephemeralcontainers/p",
        "PUT,   /apis/apps/v1/namespaces/n/deployments/d/scale,    update n/deployments.apps:scale/d",
        "POST,  /api/v1/namespaces/n/serviceaccounts/s/token,      create n/serviceaccounts:token/s"
    })
    void subresources(String method, String path, String expected) {
        // When
        NamedRequest request = RequestNaming.of(method, path);

        // Then
        assertEquals(expected, accesses(request));
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName(
            "a request that is handed on behind the API server is opaque, and about the object without scheme and port")
    @CsvSource({
        "GET,    /api/v1/namespaces/n/services/https:web:8443/proxy/a/b, create n/services:proxy/web",
        "GET,    /api/v1/namespaces/n/services/web:80/proxy/,            create n/services:proxy/web",
        "DELETE, /api/v1/namespaces/n/pods/p/proxy,                      create n/pods:proxy/p",
        "GET,    /api/v1/nodes/n1:10250/proxy/exec/x,                    create -/nodes:proxy/n1",
        "GET,    /api/v1/namespaces/n/pods/p/proxy/a%20b,                create n/pods:proxy/p"
    })
    void proxies(String method, String path, String expected) {
        // When
        NamedRequest request = RequestNaming.of(method, path);

        // Then
        assertEquals(expected, accesses(request));
        assertTrue(request.analysis().opaque());
        assertEquals(Form.PROXY, request.form());
    }

    @Test
    @DisplayName("a path that goes on behind an unknown subresource is opaque")
    void unknownPath() {
        // When
        NamedRequest request = RequestNaming.of(
                "GET", "/apis/subresources.kubevirt.io/v1/namespaces/n/virtualmachines/v/portforward/22/tcp");

        // Then
        assertTrue(request.analysis().opaque());
        assertEquals("get n/virtualmachines.subresources.kubevirt.io:portforward/v", accesses(request));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-08: a path with more than one reading is refused")
    @ValueSource(
            strings = {
                "//api/v1/namespaces/prod/pods/p",
                "/api/v1/../v1/namespaces/prod/pods/p",
                "/api/v1/namespaces/default/../prod/pods/p",
                "/api/v1/./namespaces/prod/pods/p",
                "/api/v1/namespaces/prod/pods/p/",
                "/API/v1/namespaces/prod/pods/p",
                "/api/v1/namespaces/prod//pods/p",
                "/api/v1/namespaces/%2e%2e/pods/p",
                "/api/v1/namespaces/prod%2Fpods/p",
                "/api/v1/namespaces/pr%6fd/pods/p",
                "/api/v1/namespaces/prod/pods/p%00",
                "/api/v1/namespaces/prod/pods/p%",
                "/api/v1/namespaces/prod/pods/p%zz",
                "/api/v1/namespaces/prod/pods/p;x",
                "/api/v1/namespaces/prod/pods/p%3Bx",
                "/api/v1/namespaces/prod/pods/p\\x",
                "/api/v1/namespaces/prod/pods/p%5Cx",
                "/api/v1/namespaces/prod/pods/p x",
                "/api/v1/namespaces/prod/pods/\u00e9",
                "/api/v1/namespaces/prod/pods/%C3%A9",
                "/api/v1/namespaces/prod/pods/%ff",
                "/api/v1/namespaces/PROD/pods/p",
                "/api/v1/namespaces/*/pods/p",
                "/api/v1/namespaces/-/pods/p",
                "/apis/Apps/v1/namespaces/prod/deployments/d",
                "/api/v1/namespaces/n/services/web/proxy/../../x",
                "/api/v1/namespaces/n/services/web/proxy/%2e%2e/x",
                "/api/v1/namespaces/n/services/web/proxy/a%2fb",
                "/api/v1/namespaces/n/services/web/proxy//x",
                "/api/v1/proxy/namespaces/n/pods/p",
                "/api/v1/watch",
                "api/v1/pods",
                "/api/v1/pods?watch=true&watch=false",
                "/api/v1/pods?Watch=true",
                "/api/v1/pods?watch=true;x=1",
                "/api/v1/pods?fieldSelector=%ff",
                "/api/v1/pods?fieldSelector=%f",
                "/api/v1/pods?x=a b"
            })
    void refused(String path) {
        assertThrows(MalformedRequestException.class, () -> RequestNaming.of("GET", path));
    }

    @ParameterizedTest
    @DisplayName("a method that the API does not have is refused")
    @ValueSource(strings = {"OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND", ""})
    void methods(String method) {
        assertThrows(MalformedRequestException.class, () -> RequestNaming.of(method, "/api/v1/pods"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a selector that lets one name through makes a collection that name's, and no other selector does")
    @CsvSource({
        "fieldSelector=metadata.name%3Dp,                        list prod/pods/p",
        "fieldSelector=metadata.name%3D%3Dp,                     list prod/pods/p",
        "'fieldSelector=spec.nodeName%3Dn%2Cmetadata.name%3Dp',  list prod/pods/p",
        "fieldSelector=metadata.name!%3Dp,                       list prod/pods/*",
        "fieldSelector=metadata.name%3D,                         list prod/pods/*",
        "fieldSelector=metadata.namespace%3Dp,                   list prod/pods/*",
        "fieldSelector=metadata.name%3D*,                        list prod/pods/*",
        "'fieldSelector=metadata.name%3Da%2Cmetadata.name%3Db',  list prod/pods/*",
        "fieldSelector=metadata.name%3Da%5C%2Cb,                 list prod/pods/*",
        "labelSelector=a%3Db,                                    list prod/pods/*"
    })
    void fieldSelectors(String query, String expected) {
        // When
        NamedRequest request = RequestNaming.of("GET", "/api/v1/namespaces/prod/pods?" + query);

        // Then
        assertEquals(expected, accesses(request));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K8S-17: a deletion without a name deletes a collection, and says which")
    @CsvSource({
        "/api/v1/namespaces/prod/pods, deletecollection prod/pods/* (all), true",
        "/api/v1/namespaces/stage/configmaps?labelSelector=a%3Db,"
                + " 'deletecollection stage/configmaps/* (all that match)\nlabelSelector: a=b', false",
        "/api/v1/namespaces/stage/configmaps?fieldSelector=metadata.name%3Da,"
                + " 'deletecollection stage/configmaps/* (all that match)\nfieldSelector: metadata.name=a', false",
        "/api/v1/namespaces/stage/configmaps?labelSelector=,"
                + " 'deletecollection stage/configmaps/* (all)\nlabelSelector: ', true"
    })
    void deleteCollection(String path, String text, boolean all) {
        // When
        NamedRequest request = RequestNaming.of("DELETE", path);
        Access access = request.analysis().accesses().get(0);

        // Then
        assertEquals(text, request.analysis().text());
        assertEquals(KubernetesVocabulary.DELETE_COLLECTION, access.verb());
        assertEquals(all, access.traits().contains(KubernetesVocabulary.NO_SELECTOR));
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("K8S-16: a rehearsal is named as one, where the server rehearses")
    @CsvSource({
        "DELETE, /api/v1/namespaces/prod/pods/p?dryRun=All,                true",
        "POST,   /api/v1/namespaces/prod/pods?dryRun=All,                  true",
        "DELETE, /api/v1/namespaces/prod/pods/p?dryRun=,                   false",
        "DELETE, /api/v1/namespaces/prod/pods/p?dryRun=All&dryRun=x,       false",
        "POST,   /api/v1/namespaces/prod/pods/p/exec?command=x&dryRun=All, false",
        "GET,    /api/v1/namespaces/prod/pods/p?dryRun=All,                false"
    })
    void dryRun(String method, String path, boolean expected) {
        // When
        NamedRequest request = RequestNaming.of(method, path);
        Access access = request.analysis().accesses().get(0);

        // Then
        assertEquals(expected, request.dryRun());
        assertEquals(expected, access.traits().contains(KubernetesVocabulary.DRY_RUN));
    }

    @Test
    @DisplayName("a parameter's value cannot begin a line of its own in the text")
    void lines() {
        // When
        NamedRequest request = RequestNaming.of("GET", "/api/v1/namespaces/n/pods/p/exec?command=a%0Acontainer%3A%20x");

        // Then
        assertEquals(
                "create n/pods:exec/p\ncommand: a\\ncontainer: x",
                request.analysis().text());
    }
}
