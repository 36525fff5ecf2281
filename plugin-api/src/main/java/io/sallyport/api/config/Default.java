package io.sallyport.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of a component whose key is absent, spelled as in the configuration. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

    /** The spelled value; {@code []} for an empty list, {@code {}} for an empty map or a record of defaults. */
    String value();
}
