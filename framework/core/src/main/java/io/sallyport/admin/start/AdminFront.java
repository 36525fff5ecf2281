package io.sallyport.admin.start;

import io.sallyport.admin.AdminServer;
import io.sallyport.admin.AdminServices;
import io.sallyport.admin.AdminSettings;
import io.sallyport.admin.GatewayStatus;
import io.sallyport.admin.NotAuthenticatedException;
import io.sallyport.admin.Operator;
import io.sallyport.admin.Role;
import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.principal.Principal;
import io.sallyport.config.AdminSection;
import io.sallyport.config.TlsFiles;
import io.sallyport.identity.Audiences;
import io.sallyport.identity.Authentication;
import io.sallyport.identity.IdentityService;
import io.sallyport.launch.Front;
import io.sallyport.launch.GatewayServices;
import io.sallyport.launch.Parts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Starts the admin API of the configuration's {@code admin:} section. */
public final class AdminFront implements Front {

    @Override
    public AutoCloseable start(GatewayServices services) throws IOException {
        Parts parts = new Parts();
        JournalRecords records = parts.add(
                "records", new JournalRecords(services.configuration().journal().directory()));
        Reloads reloads = parts.add("reloads", new Reloads(services.reload()));
        AdminServer server =
                parts.add("admin API", new AdminServer(settings(services), rooms(services, records, reloads)));
        boolean started = false;
        try {
            server.start();
            started = true;
            return parts;
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    private static AdminServices rooms(GatewayServices services, JournalRecords records, Reloads reloads) {
        return new AdminServices(
                services.configuration().node(),
                (token, audience) -> authenticate(services.identities(), token, audience),
                services.store(),
                services.approvals(),
                services.revocations(),
                services.access(),
                records,
                new Status(services),
                services.acts(),
                reloads,
                services.clock());
    }

    private static CompletionStage<Principal> authenticate(IdentityService identities, Secret token, String audience) {
        // The service closes what it is given, and this secret is its caller's.
        Evidence evidence = new Evidence.Token(Secret.of(token.copy()));
        Audiences audiences = audience.isEmpty() ? Audiences.any() : Audiences.only(audience);
        return identities.authenticate(evidence, audiences).thenCompose(AdminFront::principal);
    }

    private static CompletionStage<Principal> principal(Authentication answer) {
        if (answer instanceof Authentication.Authenticated known) {
            return CompletableFuture.completedFuture(known.principal());
        }
        Authentication.Rejected rejected = (Authentication.Rejected) answer;
        return CompletableFuture.failedFuture(
                rejected.cause() == Authentication.Cause.INVALID
                        ? new NotAuthenticatedException(rejected.publicReason())
                        : new IllegalStateException(rejected.operatorReason()));
    }

    private static AdminSettings settings(GatewayServices services) {
        AdminSection section = services.configuration().admin();
        TlsFiles tls = section.tls();
        return new AdminSettings(
                section.listen(),
                tls == null ? null : new AdminSettings.Tls(tls.certificate(), tls.key()),
                section.audience(),
                () -> operators(services.reload().configuration().admin()));
    }

    private static List<Operator> operators(AdminSection section) {
        return section.operators().stream()
                .map(operator -> new Operator(
                        operator.issuer(),
                        operator.groups(),
                        Role.valueOf(operator.role().name())))
                .toList();
    }

    private record Status(GatewayServices services) implements GatewayStatus {

        @Override
        public boolean ready() {
            return services.ready().getAsBoolean();
        }

        @Override
        public Map<String, String> components() {
            return services.components().get();
        }
    }
}
