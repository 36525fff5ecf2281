package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.kubernetes.RealCluster.Kubectl;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** kubectl through the gateway, at a real API server. */
class RealClusterIT {

    @Test
    void getsNamespaces() throws Exception {
        RealCluster cluster = RealCluster.get();
        try (Gateway gateway =
                Gateway.to(cluster.address(), null, () -> cluster.credential("admin", ""), Duration.ofSeconds(25))) {
            Kubectl kubectl = cluster.through(gateway, FakeSessions.TOKEN);
            var result = kubectl.run("get", "ns");
            assertEquals(0, result.exit(), result::toString);
            assertTrue(result.out().contains("kube-system"), result::toString);
            if (System.getProperty("wait") != null) {
                System.out.println("WAITING " + kubectl.kubeconfig() + " " + cluster.run);
                Thread.sleep(Long.parseLong(System.getProperty("wait")) * 1000);
            }
        }
    }
}
