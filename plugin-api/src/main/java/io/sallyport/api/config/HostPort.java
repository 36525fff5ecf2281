package io.sallyport.api.config;

/**
 * A host name or address and a TCP port, spelled {@code db.internal:5432} or {@code [::1]:5432}.
 *
 * @param host the host without brackets
 * @param port 0 to 65535; 0 lets the system choose where a listener is meant
 */
public record HostPort(String host, int port) {

    /** Checks both parts. */
    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65535) {
            throw new IllegalArgumentException("'" + host + ":" + port + "' is not a host and a port");
        }
    }

    /**
     * Reads the spelling of the configuration.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 0 && text.charAt(colon - 1) == ']';
        if (colon <= 0 || (!bracketed && text.indexOf(':') != colon)) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        try {
            return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
