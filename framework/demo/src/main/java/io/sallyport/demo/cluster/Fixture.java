package io.sallyport.demo.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.store.Kind;
import io.sallyport.demo.cluster.store.Store;
import java.util.List;

/** What the cluster has from the beginning: a shop in prod and stage, a web site in web. */
final class Fixture {

    private static final List<String> NAMESPACES = List.of("default", "kube-system", "prod", "stage", "web");

    private Fixture() {}

    static void fill(Store store, ObjectMapper json) {
        for (String namespace : NAMESPACES) {
            create(store, json, "", "namespaces", "", "{'metadata':{'name':'%s'}}".formatted(namespace));
            create(store, json, "", "serviceaccounts", namespace, "{'metadata':{'name':'default'}}");
        }
        create(store, json, "", "nodes", "", """
                {'metadata':{'name':'node-1'},'status':{'conditions':[{'type':'Ready','status':'True'}],
                'nodeInfo':{'kubeletVersion':'v1.32.0'}}}""");
        for (String namespace : List.of("prod", "stage")) {
            pod(store, json, namespace, "web-1", "shop", "registry.local/shop:1.4");
            pod(store, json, namespace, "worker-1", "worker", "registry.local/worker:1.4");
            deployment(store, json, namespace, "shop", "registry.local/shop:1.4");
            create(store, json, "", "secrets", namespace, """
                    {'metadata':{'name':'db'},'type':'Opaque',
                    'stringData':{'username':'shop','password':'hunter2-%s'}}""".formatted(namespace));
            create(store, json, "", "configmaps", namespace, """
                    {'metadata':{'name':'shop'},'data':{'currency':'EUR','contact':'bob@example.com'}}""");
        }
        pod(store, json, "web", "site-1", "site", "registry.local/site:2.0");
        deployment(store, json, "web", "site", "registry.local/site:2.0");
        create(store, json, "", "services", "web", """
                {'metadata':{'name':'site'},'spec':{'type':'ClusterIP','clusterIP':'10.96.0.10',
                'selector':{'app':'site'},'ports':[{'port':80,'protocol':'TCP'}]}}""");
    }

    private static void pod(Store store, ObjectMapper json, String namespace, String name, String app, String image) {
        create(store, json, "", "pods", namespace, """
                {'metadata':{'name':'%1$s','labels':{'app':'%2$s'}},
                'spec':{'nodeName':'node-1','restartPolicy':'Always',
                'containers':[{'name':'%2$s','image':'%3$s'}]}}""".formatted(name, app, image));
    }

    private static void deployment(Store store, ObjectMapper json, String namespace, String name, String image) {
        create(store, json, "apps", "deployments", namespace, """
                {'metadata':{'name':'%1$s','labels':{'app':'%1$s'}},
                'spec':{'replicas':1,'selector':{'matchLabels':{'app':'%1$s'}},
                'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1,'maxUnavailable':0}},
                'template':{'metadata':{'labels':{'app':'%1$s'}},
                'spec':{'containers':[{'name':'%1$s','image':'%2$s'}]}}}}""".formatted(name, image));
    }

    private static void create(
            Store store, ObjectMapper json, String group, String plural, String namespace, String text) {
        try {
            ObjectNode object = (ObjectNode) json.readTree(text.replace('\'', '"'));
            store.create(Kind.of(group, plural).orElseThrow(), namespace, object, false);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the fixture is JSON", e);
        }
    }
}
