package io.sallyport.postgres.sql;

import org.jspecify.annotations.Nullable;

/** The statements that the session has prepared by name: by PREPARE and by Parse messages, which share one namespace. */
@FunctionalInterface
public interface PreparedStatements {

    /** A session that has prepared nothing. */
    PreparedStatements NONE = name -> null;

    /** What was read of the statement of that name, null if the session did not prepare one. */
    @Nullable
    StatementAnalysis find(String name);
}
