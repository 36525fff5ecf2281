package io.sallyport.demo.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Unpacks the server's programs in a process of its own. Their archive needs a window of 64 MiB to be read, which a demo that
 * shows how little memory the gateway needs does not have.
 */
final class Unpacking {

    private static final long ROOMY = 256L << 20;

    private Unpacking() {}

    /** Unpacks into the directory if this process could not. */
    static void ifNeeded(Path programs) throws IOException {
        if (Runtime.getRuntime().maxMemory() >= ROOMY) {
            return;
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Unpacking.class.getName(),
                        programs.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("the server's programs cannot be unpacked: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server's programs were unpacked", e);
        } finally {
            process.destroy();
        }
    }

    /** In the other process: the library unpacks when it starts a server, so one is started and stopped. */
    public static void main(String[] arguments) throws IOException {
        Path programs = Path.of(arguments[0]);
        EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectory(programs.resolve("unpacking"))
                .setCleanDataDirectory(true)
                .start()
                .close();
    }
}
