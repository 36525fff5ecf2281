package io.sallyport.cli;

/**
 * A command of {@code sallyport}: a class with picocli's {@code @Command}, named in a jar's {@code
 * META-INF/services/io.sallyport.cli.CliCommand}, with a public constructor without arguments. A jar on the class path adds
 * its commands by that alone.
 *
 * <ol>
 *   <li>A command that can be run by itself implements {@link java.util.concurrent.Callable} and returns one of the {@link
 *       ExitCode}s; one that only groups others need not.
 *   <li>It mixes in {@link Output} and prints results through it.
 *   <li>It throws {@link CliException} for a failure that its user can do something about.
 * </ol>
 */
public interface CliCommand {}
