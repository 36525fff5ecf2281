package io.sallyport.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that ran.
 *
 * @param status its exit status
 * @param output what it wrote
 * @param error what it wrote to its second stream
 */
record Run(int status, byte[] output, String error) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    String text() {
        return new String(output, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "exit " + status + "\n" + text() + "\n" + error;
    }

    static Run of(List<String> command) {
        return Running.start(command, Map.of(), null).finish(new byte[0]);
    }

    /** A program that runs. */
    static final class Running {

        final Process process;
        private final Collector output;
        private final Collector error;

        private Running(Process process) {
            this.process = process;
            this.output = new Collector(process.getInputStream());
            this.error = new Collector(process.getErrorStream());
        }

        static Running start(List<String> command, Map<String, String> environment, @Nullable Path directory) {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            if (directory != null) {
                builder.directory(directory.toFile());
            }
            try {
                return new Running(builder.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        OutputStream input() {
            return process.getOutputStream();
        }

        String outputSoFar() {
            return new String(output.bytes(), StandardCharsets.UTF_8);
        }

        String errorSoFar() {
            return new String(error.bytes(), StandardCharsets.UTF_8);
        }

        Run finish(byte[] input) {
            try (OutputStream to = process.getOutputStream()) {
                to.write(input);
            } catch (IOException e) {
                // It may have ended without reading.
            }
            return finish();
        }

        Run finish() {
            try {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("it did not end: " + outputSoFar() + errorSoFar());
                }
                output.join();
                error.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return new Run(process.exitValue(), output.bytes(), new String(error.bytes(), StandardCharsets.UTF_8));
        }
    }

    private static final class Collector extends Thread {

        private final InputStream from;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Collector(InputStream from) {
            super("collector");
            this.from = from;
            setDaemon(true);
            start();
        }

        byte[] bytes() {
            synchronized (bytes) {
                return bytes.toByteArray();
            }
        }

        @Override
        public void run() {
            byte[] buffer = new byte[65536];
            try {
                int read = from.read(buffer);
                while (read >= 0) {
                    synchronized (bytes) {
                        bytes.write(buffer, 0, read);
                    }
                    read = from.read(buffer);
                }
            } catch (IOException e) {
                // The program is gone.
            }
        }
    }
}
