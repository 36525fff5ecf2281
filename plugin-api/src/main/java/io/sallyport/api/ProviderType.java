package io.sallyport.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface that the gateway implements and plugins only call. A minor version of the API may add methods to it, so a
 * plugin that implements one itself, as a test's fake does, may have to follow. The opposite is {@link ConsumerType}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ProviderType {}
