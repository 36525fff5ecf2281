package io.sallyport.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface that plugins implement. Within a major version of the API it gains nothing but default methods, so that what
 * was compiled against an earlier minor version still loads and still compiles. The opposite is {@link ProviderType}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConsumerType {}
