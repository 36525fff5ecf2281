package io.sallyport.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An issuer on the loopback interface with one key. */
final class TokenIssuer implements AutoCloseable {

    private final ECKey key;
    private final HttpServer server;

    TokenIssuer() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException | IOException e) {
            throw new AssertionError(e);
        }
        byte[] keys = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The claims of a good token, without the times. */
    Map<String, Object> claims(String subject, List<String> groups, Map<String, String> more) {
        Map<String, Object> claims = new TreeMap<>(more);
        claims.put("iss", url());
        claims.put("aud", "sallyport");
        claims.put("sub", subject);
        claims.put("groups", groups);
        return claims;
    }

    String token(Map<String, Object> claims) {
        Map<String, Object> all = new TreeMap<>(claims);
        all.put("exp", Instant.now().getEpochSecond() + 3600);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build();
        JWSObject token = new JWSObject(header, new Payload(all));
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
