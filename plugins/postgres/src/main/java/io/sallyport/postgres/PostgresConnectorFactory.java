package io.sallyport.postgres;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import io.sallyport.postgres.statement.SqlReader;
import io.sallyport.postgres.statement.WrittenStatement;
import java.util.Set;

/** Makes Postgres connectors. */
public final class PostgresConnectorFactory implements ConnectorFactory<PostgresConfig> {

    /** Without state. */
    public PostgresConnectorFactory() {}

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public Class<PostgresConfig> configType() {
        return PostgresConfig.class;
    }

    @Override
    public Class<? extends Record> targetType() {
        return PostgresTarget.class;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("postgres", "postgresql");
    }

    @Override
    public Vocabulary vocabulary() {
        return PostgresVocabulary.vocabulary();
    }

    @Override
    public Set<ActionKind> actionKinds() {
        return Set.of(ActionKind.SQL_STATEMENT);
    }

    @Override
    public Action read(String text) {
        return WrittenStatement.read(text);
    }

    @Override
    public boolean occurs(Verb verb, ResourceKind kind) {
        return PostgresVocabulary.occurs(verb, kind);
    }

    @Override
    public Connector create(PostgresConfig config, ConnectorContext context) {
        return new PostgresConnector(config, context, new SqlReader());
    }
}
