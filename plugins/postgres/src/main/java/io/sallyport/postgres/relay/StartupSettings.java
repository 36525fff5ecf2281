package io.sallyport.postgres.relay;

import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.startup.Relays.Judged;
import io.sallyport.postgres.startup.Relays.Setting;
import io.sallyport.postgres.statement.Reading;
import io.sallyport.postgres.statement.StatementReader;
import io.sallyport.postgres.statement.Surroundings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a startup packet, each judged as the SET that it stands for. The first that is denied ends it. None can
 * wait for people: a client that logs in shows nobody what it waits for.
 */
final class StartupSettings implements Judged {

    private static final String HELD = "it needs an approval, which a login cannot wait for: send a SET after login";

    private final Session session;
    private final StatementReader reader;
    private final Surroundings surroundings;
    private final Iterator<Setting> settings;
    private final CompletableFuture<Judged> result = new CompletableFuture<>();
    private final List<Exchange> allowed = new ArrayList<>();
    private @Nullable Setting denied;
    private String reason = "";

    StartupSettings(Session session, StatementReader reader, RelayCaches caches, List<Setting> settings) {
        this.session = session;
        this.reader = reader;
        this.surroundings = new Surroundings(true, List.of(), caches.nothing());
        this.settings = settings.iterator();
    }

    CompletionStage<Judged> judge() {
        try {
            judgeNext();
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    private void judgeNext() {
        while (settings.hasNext() && denied == null) {
            Setting setting = settings.next();
            Reading reading = reader.read(statement(setting), surroundings, PreparedStatements.NONE);
            Exchange exchange = session.submit(SqlStatement.of(reading.analysis(), Map.of("sent", "at login")));
            Verdict.Final verdict = exchange.decided();
            if (verdict == null) {
                await(setting, exchange);
                return;
            }
            decided(setting, exchange, verdict, null);
        }
        result.complete(this);
    }

    private void await(Setting setting, Exchange exchange) {
        boolean[] held = new boolean[1];
        exchange.onHold(hold -> {
            held[0] = true;
            exchange.cancel(HELD);
        });
        exchange.verdict().whenComplete((verdict, failure) -> {
            try {
                Verdict.Final answer =
                        verdict == null ? new Verdict.Deny("decision", "the action could not be judged") : verdict;
                decided(setting, exchange, answer, held[0] ? HELD : null);
                judgeNext();
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private void decided(Setting setting, Exchange exchange, Verdict.Final verdict, @Nullable String instead) {
        if (verdict instanceof Verdict.Deny deny) {
            denied = setting;
            reason = "sallyport: the setting '" + setting.name() + "' at login: "
                    + (instead == null ? deny.reason() : instead) + " [" + deny.rule() + "] (session " + session.id()
                    + ", action " + exchange.number() + ")";
        } else {
            allowed.add(exchange);
        }
    }

    /** The statement with the same effect; a value that has a backslash means the same under every setting. */
    private static String statement(Setting setting) {
        StringBuilder text = new StringBuilder("SET ");
        for (String part : setting.name().split("\\.", -1)) {
            text.append(text.charAt(text.length() - 1) == ' ' ? "\"" : ".\"")
                    .append(part.replace("\"", "\"\""))
                    .append('"');
        }
        String value = setting.value().replace("'", "''");
        boolean backslash = value.indexOf('\\') >= 0;
        return text.append(backslash ? " TO E'" : " TO '")
                .append(backslash ? value.replace("\\", "\\\\") : value)
                .append('\'')
                .toString();
    }

    @Override
    public @Nullable Setting denied() {
        return denied;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public CompletionStage<@Nullable Void> taken() {
        CompletableFuture<?>[] stages = allowed.stream()
                .map(exchange -> exchange.complete(new Outcome(Outcome.Status.SUCCEEDED, "SET", 0, 0, null))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        allowed.clear();
        return CompletableFuture.allOf(stages);
    }

    @Override
    public void refused(String code) {
        for (Exchange exchange : allowed) {
            exchange.complete(new Outcome(Outcome.Status.FAILED, code, 0, 0, "the login failed"));
        }
        allowed.clear();
    }
}
