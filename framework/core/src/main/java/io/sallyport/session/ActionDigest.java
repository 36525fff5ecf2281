package io.sallyport.session;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Tunnel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest to which an approval is bound: SHA-256 over everything that fixes what runs. Every field is preceded by its
 * length, so that no two different actions have the same input.
 */
final class ActionDigest {

    private final MessageDigest digest;

    private ActionDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] of(SessionSpec spec, Action action) {
        ActionDigest digest = new ActionDigest();
        digest.text(spec.principal().issuer());
        digest.text(spec.principal().subject());
        digest.text(spec.target().name());
        digest.text(spec.target().account());
        digest.text(spec.target().database());
        digest.text(action.kind().name());
        digest.bytes(action.analysis().utf8());
        digest.own(action);
        return digest.digest.digest();
    }

    private void own(Action action) {
        if (action instanceof SqlStatement sql) {
            new TreeMap<>(sql.context()).forEach((name, value) -> {
                text(name);
                text(value);
            });
            number(sql.parameters().size());
            sql.parameters().forEach(this::parameter);
        } else if (action instanceof Command command) {
            number(command.argv().size());
            command.argv().forEach(this::text);
            number(command.terminal() ? 1 : 0);
        } else if (action instanceof FileAccess file) {
            text(file.mode().name());
            text(file.path());
        } else if (action instanceof ApiRequest request) {
            text(request.method());
            text(request.path());
            bytes(request.body());
        } else if (action instanceof Tunnel tunnel) {
            text(tunnel.host());
            number(tunnel.port());
        }
    }

    private void parameter(SqlStatement.Parameter parameter) {
        number(parameter.type());
        number(parameter.binary() ? 1 : 0);
        number(parameter.length());
        bytes(parameter.value());
        bytes(parameter.sha256());
    }

    private void text(@Nullable String text) {
        bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte @Nullable [] bytes) {
        number(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            digest.update(bytes);
        }
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(4).putInt(number).flip());
    }
}
