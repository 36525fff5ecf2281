package io.sallyport.api;

import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.sink.EventSinkFactory;
import java.util.List;

/**
 * The entry of a plugin jar: the factories that the jar contributes.
 *
 * <p>A jar names exactly one implementation in {@code META-INF/services/io.sallyport.api.SallyportPlugin}; it is
 * instantiated once, by its public constructor without arguments, in a class loader of its own.
 *
 * <ol>
 *   <li>Each method is called once, on the thread that starts the gateway, before any connector starts.
 *   <li>Two plugins that offer the same kind with the same type stop the start.
 *   <li>A method that throws stops the start, with the jar's name in the error.
 * </ol>
 */
@ConsumerType
public interface SallyportPlugin {

    /** The connectors that this jar offers; none unless overridden. */
    default List<ConnectorFactory<?>> connectors() {
        return List.of();
    }

    /** The guardrails that this jar offers; none unless overridden. */
    default List<GuardrailFactory<?>> guardrails() {
        return List.of();
    }

    /** The credential sources that this jar offers; none unless overridden. */
    default List<CredentialSourceFactory<?>> credentialSources() {
        return List.of();
    }

    /** The event sinks that this jar offers; none unless overridden. */
    default List<EventSinkFactory<?>> eventSinks() {
        return List.of();
    }
}
