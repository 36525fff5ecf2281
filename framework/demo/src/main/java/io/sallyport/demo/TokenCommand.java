package io.sallyport.demo;

import io.sallyport.demo.issuer.Person;
import io.sallyport.demo.issuer.TokenMint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a fresh token of one of the demo's people. */
@Command(name = "token", description = "Prints a token for a person of the running demo, good for eight hours.")
final class TokenCommand implements Callable<Integer> {

    /** The file in the demo's directory that holds the issuer's key. */
    static final String KEY_FILE = "issuer.key";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "alice, bob, ci, carol or audit")
    private String name = "";

    @Option(names = "--dir", paramLabel = "D", description = "The demo's directory; else that of the one started last.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws IOException {
        Optional<Person> person = Person.named(name);
        if (person.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nobody is called '" + name + "'; there are " + String.join(", ", Person.ids()));
        }
        Path demo = directory == null ? DemoDirectory.remembered() : directory;
        String token = TokenMint.load(demo.resolve(KEY_FILE)).token(person.get());
        spec.commandLine().getOut().println(token);
        return 0;
    }
}
