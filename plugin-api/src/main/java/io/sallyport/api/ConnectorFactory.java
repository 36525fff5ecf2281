package io.sallyport.api;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes connectors of one type, one for each entry of {@code connectors:} in the configuration.
 *
 * <ol>
 *   <li>{@link #type()}, {@link #vocabulary()} and {@link #actionKinds()} are constant: they are read before any
 *       configuration and may be read again.
 *   <li>{@link #create} performs no input or output and starts nothing; {@link Connector#start()} does.
 * </ol>
 *
 * @param <C> the record to which the entry's {@code config:} is bound
 */
@ConsumerType
public interface ConnectorFactory<C extends Record> {

    /** The word that the configuration uses in {@code type:}, lower case with hyphens. */
    String type();

    /** The record to which the entry's {@code config:} is bound, see {@link io.sallyport.api.config}. */
    Class<C> configType();

    /**
     * The record to which those keys of a target of this connector are bound that the core does not consume itself
     * ({@code name}, {@code connector}, {@code address}, {@code credential}, {@code labels}).
     */
    Class<? extends Record> targetType();

    /** The schemes that a target's {@code address:} may have, the first one being the usual one. */
    Set<String> schemes();

    /** The closed set of words with which this connector's actions are described. */
    Vocabulary vocabulary();

    /** The kinds of action that this connector submits. */
    Set<ActionKind> actionKinds();

    /** What is recorded of an answer when a grant does not say: {@code none}, {@code summary} or {@code full}. */
    default Recording.Level defaultResults() {
        return Recording.Level.SUMMARY;
    }

    /**
     * Reads what a client could ask for out of the text that a person would write for it, for tools that explain and test
     * policy: a statement, a command line, {@code VERB RESOURCE}. It is read by the same code as on the data path, without
     * a target: what only a target knows, such as whether a name is a table or a view, is assumed.
     *
     * @return the action, null if this connector reads no text
     * @throws IllegalArgumentException if the text cannot be read; the message says how to write it
     */
    default @Nullable Action read(String text) {
        return null;
    }

    /**
     * Whether some action of this connector does this to a resource of that kind, for tools that look for scopes which can
     * never cover anything. True where that is not known.
     */
    default boolean occurs(Verb verb, ResourceKind kind) {
        return true;
    }

    /** Makes a connector that is not started yet. */
    Connector create(C config, ConnectorContext context);
}
