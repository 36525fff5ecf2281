package io.sallyport.postgres.sql.tree;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a utility statement does to something that it names.
 *
 * @param verb what is done
 * @param kind what the name is of
 * @param names the name's parts
 * @param column the column of the relation, if it is done to that alone
 * @param making whether the name is of something that comes to be, so that it is not looked up
 */
public record Act(
        Verb verb,
        ResourceKind kind,
        List<String> names,
        @Nullable String column,
        boolean making) {}
