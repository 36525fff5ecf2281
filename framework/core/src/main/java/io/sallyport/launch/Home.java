package io.sallyport.launch;

import java.nio.file.Path;

/** Where this installation's own files are, as {@code bin/sallyport} says. */
public final class Home {

    private static final String PROPERTY = "sallyport.home";

    private Home() {}

    /** The directory of the plugin jars. */
    public static Path plugins() {
        return directory().resolve("plugins");
    }

    /** The configuration that is meant where none is named. */
    public static Path configuration() {
        return directory().resolve("conf").resolve("sallyport.yaml");
    }

    private static Path directory() {
        return Path.of(System.getProperty(PROPERTY, "."));
    }
}
