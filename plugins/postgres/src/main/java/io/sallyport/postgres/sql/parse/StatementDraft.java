package io.sallyport.postgres.sql.parse;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.tree.Act;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Copy;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.Query;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.Statement;
import io.sallyport.postgres.sql.tree.Statement.BodyUse;
import io.sallyport.postgres.sql.tree.Statement.Flag;
import io.sallyport.postgres.sql.tree.Statement.Setting;
import io.sallyport.postgres.sql.tree.StatementKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement while it is read. */
final class StatementDraft {

    private final int start;
    private final List<Act> acts = new ArrayList<>(2);
    private final List<Expression> definitions = new ArrayList<>(0);
    private final List<int[]> secrets = new ArrayList<>(0);
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private StatementKind kind = StatementKind.UNREADABLE;
    private @Nullable Body body;
    private BodyUse use = BodyUse.RUN;
    private @Nullable RelationName over;
    private @Nullable String name;
    private @Nullable Copy copy;
    private @Nullable Setting setting;
    private @Nullable String opaqueBecause;

    StatementDraft(int start) {
        this.start = start;
    }

    int start() {
        return start;
    }

    StatementDraft kind(StatementKind newKind) {
        kind = newKind;
        return this;
    }

    /** A definition of the catalog. */
    StatementDraft definition() {
        return kind(StatementKind.DEFINITION).flag(Flag.CHANGES_CATALOG).flag(Flag.WRITES);
    }

    StatementDraft flag(Flag flag) {
        flags.add(flag);
        return this;
    }

    StatementDraft unflag(Flag flag) {
        flags.remove(flag);
        return this;
    }

    StatementDraft act(Verb verb, ResourceKind resource, List<String> names) {
        acts.add(new Act(verb, resource, names, null, false));
        return this;
    }

    StatementDraft make(Verb verb, ResourceKind resource, List<String> names) {
        acts.add(new Act(verb, resource, names, null, true));
        return this;
    }

    StatementDraft relation(Verb verb, List<String> names) {
        return act(verb, PostgresVocabulary.RELATION, names);
    }

    StatementDraft column(Verb verb, List<String> names, String column) {
        acts.add(new Act(verb, PostgresVocabulary.RELATION, names, column, false));
        return this;
    }

    StatementDraft session(Verb verb, String what) {
        return act(verb, PostgresVocabulary.SESSION, List.of(what));
    }

    StatementDraft object(Verb verb, String object, String objectName) {
        return act(verb, PostgresVocabulary.OBJECT, List.of(object, objectName));
    }

    StatementDraft body(Body newBody, BodyUse newUse) {
        body = newBody;
        use = newUse;
        return this;
    }

    StatementDraft define(Expression expression) {
        ExpressionParser.addIfAny(definitions, expression);
        return this;
    }

    StatementDraft over(RelationName relation) {
        over = relation;
        return this;
    }

    StatementDraft name(@Nullable String newName) {
        name = newName;
        return this;
    }

    StatementDraft copy(Copy newCopy) {
        copy = newCopy;
        return this;
    }

    StatementDraft setting(String parameter, @Nullable String value) {
        setting = new Setting(parameter, value);
        return this;
    }

    StatementDraft secret(int from, int to) {
        secrets.add(new int[] {from, to});
        return this;
    }

    List<int[]> secrets() {
        return secrets;
    }

    StatementDraft opaque(String because) {
        if (opaqueBecause == null) {
            opaqueBecause = because;
        }
        return this;
    }

    /** Takes the kind and flags of a statement from its body, as a statement of its own has them. */
    StatementDraft run(Body newBody) {
        body(newBody, BodyUse.RUN);
        boolean writes = Writes.in(newBody);
        kind(writes ? StatementKind.MODIFICATION : StatementKind.QUERY);
        if (writes) {
            flag(Flag.WRITES);
        }
        if (newBody instanceof Query || Writes.returns(newBody)) {
            flag(Flag.RETURNS_ROWS);
        }
        if (Writes.makesRelation(newBody)) {
            flag(Flag.CHANGES_CATALOG);
            flags.remove(Flag.RETURNS_ROWS);
        }
        return this;
    }

    /** Says that EXPLAIN stands before it: then nothing is done, unless ANALYZE does it. */
    StatementDraft explained(boolean analyze) {
        use = analyze ? BodyUse.MEASURE : use == BodyUse.RUN ? BodyUse.PLAN : use;
        flags.add(Flag.RETURNS_ROWS);
        if (!analyze) {
            flags.remove(Flag.WRITES);
        }
        return this;
    }

    Statement finish(int end) {
        return new Statement(
                kind,
                start,
                end,
                acts,
                body,
                use,
                definitions,
                over,
                name,
                copy,
                setting,
                secrets,
                flags,
                opaqueBecause);
    }
}
