package io.sallyport.config.binding;

/**
 * Something that is wrong with a configuration.
 *
 * @param file the file's name
 * @param line the line, from 1
 * @param path where in the configuration, such as {@code grants[0].scope[1].verbs[0]}; empty for the whole file
 * @param text what is wrong and what to do; shows no value that a reference or a secret brought in
 */
public record Problem(String file, int line, String path, String text) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + text;
    }
}
