package io.sallyport.benchmarks;

import io.sallyport.demo.issuer.DemoIssuer;
import io.sallyport.demo.issuer.Person;
import io.sallyport.demo.tls.DemoCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An issuer on loopback for the macro benchmarks. It writes its URL, a token for a pipeline, and a certificate for loopback
 * into the directory that is its argument, says {@code ready} and runs until the process ends.
 */
public final class LocalIssuer {

    private LocalIssuer() {}

    /** Runs until the process ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        DemoCertificates.create(directory);
        try (DemoIssuer issuer = DemoIssuer.start()) {
            Files.writeString(directory.resolve("issuer.url"), issuer.url());
            Files.writeString(directory.resolve("token"), issuer.mint().token(Person.CI));
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }
}
