package io.sallyport.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The ports that the demo's clients connect to.
 *
 * @param postgres the Postgres connector's
 * @param ssh the SSH connector's
 * @param kubernetes the Kubernetes connector's
 * @param admin the admin API's
 */
record DemoPorts(int postgres, int ssh, int kubernetes, int admin) {

    private static final DemoPorts USUAL = new DemoPorts(15432, 12222, 16443, 18443);

    /**
     * The ports that the documentation names.
     *
     * @throws IOException if one of them is taken
     */
    static DemoPorts usual() throws IOException {
        requireFree(USUAL.postgres, "Postgres");
        requireFree(USUAL.ssh, "SSH");
        requireFree(USUAL.kubernetes, "Kubernetes");
        requireFree(USUAL.admin, "the admin API");
        return USUAL;
    }

    /** Ports that nobody listens on at the moment. */
    static DemoPorts free() throws IOException {
        try (ServerSocket postgres = any();
                ServerSocket ssh = any();
                ServerSocket kubernetes = any();
                ServerSocket admin = any()) {
            return new DemoPorts(
                    postgres.getLocalPort(), ssh.getLocalPort(), kubernetes.getLocalPort(), admin.getLocalPort());
        }
    }

    private static ServerSocket any() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void requireFree(int port, String what) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IOException(
                    "port " + port + " for " + what + " is taken; stop what listens there, or use --ports free", e);
        }
    }
}
