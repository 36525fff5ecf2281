package io.sallyport.line;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.sallyport.denylist.DenyListPlugin;
import io.sallyport.holding.ApprovalPlugin;
import io.sallyport.launch.Gateway;
import io.sallyport.masking.MaskingPlugin;
import io.sallyport.plugin.PluginCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** A gateway with the sample in it, in front of a toy server, and an issuer whose tokens it takes. */
final class LineGateway implements AutoCloseable {

    private static final String CONFIGURATION = """
            node: test
            store: { url: "jdbc:sqlite:./store.db" }
            journal: { directory: ./journal, signing-key: ./journal.key, segment-size: 1MiB }
            issuers: [ { name: here, issuer: "https://here.example", jwks: "%s", audiences: [sallyport] } ]
            limits: { max-statement: 8KiB }
            connectors: [ { name: door, type: line, config: { listen: "127.0.0.1:0" } } ]
            targets:
              - name: toy
                connector: door
                address: line://127.0.0.1:%d
                credential: { user: gateway, password: "${file:./target.password}" }
            guardrails:
              - { name: keep, type: deny-list, config: { rules: [ { verbs: [remove], reason: "nothing is removed" } ] } }
              - name: ask
                type: approval
                config:
                  rules: [ { verbs: [write], resources: [orders/held] } ]
                  approvers: { issuer: here, groups: [people], required: 1 }
                  timeout: 15m
              - { name: hide, type: masking, config: { fields: [ { field: secrets/*, with: redact } ] } }
            grants:
              - name: all
                who: { issuer: here, claims: { sub: robot } }
                targets: [toy]
                scope: [ { verbs: [read, write, remove], resources: [orders/*, secrets/*] } ]
                guardrails: [keep, ask, hide]
                record: { requests: full, results: full, limit: 1MiB }
            """;

    final LineServer server = new LineServer(0);
    final Path directory;
    private final HttpServer issuer;
    private final RSAKey key;
    private final Gateway gateway;

    LineGateway(Path directory) throws Exception {
        this.directory = directory;
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        issuer.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(keys);
            }
        });
        issuer.start();
        Files.writeString(directory.resolve("target.password"), LineServer.PASSWORD);
        String jwks = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/";
        Path file =
                Files.writeString(directory.resolve("sallyport.yaml"), CONFIGURATION.formatted(jwks, server.port()));
        PluginCatalog plugins =
                PluginCatalog.of(new LinePlugin(), new ApprovalPlugin(), new DenyListPlugin(), new MaskingPlugin());
        gateway = Gateway.start(Gateway.read(file, plugins), List.of());
    }

    InetSocketAddress address() {
        Map<String, InetSocketAddress> addresses = gateway.addresses();
        return addresses.getOrDefault("door", new InetSocketAddress(0));
    }

    String token(String subject) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("https://here.example")
                .audience("sallyport")
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    LineClient connect() throws IOException {
        return new LineClient(address());
    }

    /** A client that is in. */
    LineClient loggedIn() throws Exception {
        LineClient client = connect();
        String answer = client.ask("TOKEN toy " + token("robot"));
        if (!answer.startsWith("OK session ")) {
            throw new IllegalStateException(answer);
        }
        return client;
    }

    void stop(Duration deadline) {
        gateway.stop(deadline);
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        issuer.stop(0);
        server.close();
    }
}
