package io.sallyport.postgres.target;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * What ties a SCRAM exchange to the TLS connection that it runs on: {@code tls-server-end-point}, the hash of the server's
 * certificate by the hash of its signature, SHA-256 for weaker ones (RFC 5929 section 4.1). A proof that was made for
 * another server's connection is of no use then.
 */
final class ChannelBinding {

    private static final String TYPE = "tls-server-end-point";

    /** The channel cannot be bound. */
    static final ChannelBinding NONE = new ChannelBinding("n,,", new byte[0]);

    /** The channel could be bound but the server does not offer it; one that does hears of a downgrade. */
    static final ChannelBinding NOT_OFFERED = new ChannelBinding("y,,", new byte[0]);

    private final String header;
    private final byte[] data;

    private ChannelBinding(String header, byte[] data) {
        this.header = header;
        this.data = data;
    }

    /** The binding to a channel on which a server offers the mechanism that is bound, or does not. */
    static ChannelBinding of(Channel channel, boolean offered) {
        byte[] hash = certificateHash(channel);
        if (hash == null) {
            return NONE;
        }
        return offered ? new ChannelBinding("p=" + TYPE + ",,", hash) : NOT_OFFERED;
    }

    private static byte @Nullable [] certificateHash(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            String hash = chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? hashOf(certificate.getSigAlgName())
                    : null;
            return hash == null ? null : MessageDigest.getInstance(hash).digest(chain[0].getEncoded());
        } catch (SSLPeerUnverifiedException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null for signatures that do not say which hash they use, such as Ed25519: for these no binding is defined. */
    static @Nullable String hashOf(String signature) {
        String upper = signature.toUpperCase(Locale.ROOT);
        int with = upper.indexOf("WITH");
        return switch (with < 0 ? "" : upper.substring(0, with)) {
            case "MD5", "SHA1", "SHA256" -> "SHA-256";
            case "SHA224" -> "SHA-224";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> null;
        };
    }

    boolean isBound() {
        return data.length > 0;
    }

    /** The GS2 header. */
    String header() {
        return header;
    }

    /** What the client proves that it saw: the header and the hash. */
    byte[] input() {
        byte[] start = header.getBytes(StandardCharsets.US_ASCII);
        byte[] input = new byte[start.length + data.length];
        System.arraycopy(start, 0, input, 0, start.length);
        System.arraycopy(data, 0, input, start.length, data.length);
        return input;
    }
}
