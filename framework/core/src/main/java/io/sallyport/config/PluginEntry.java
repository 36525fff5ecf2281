package io.sallyport.config;

/**
 * An entry of the configuration that a plugin's factory turns into an instance.
 *
 * @param name the entry's name
 * @param factory the factory of the entry's type
 * @param config an instance of the factory's {@code configType()}
 * @param <F> the kind of factory
 */
public record PluginEntry<F>(String name, F factory, Record config) {}
