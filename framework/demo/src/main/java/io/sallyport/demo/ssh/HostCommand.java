package io.sallyport.demo.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * A process of {@code /bin/sh} behind one channel. A terminal is made by {@code script} of util-linux, where it is installed.
 */
@SuppressWarnings("NullAway.Init")
final class HostCommand implements Command {

    private static final Path TERMINAL_MAKER = Path.of("/usr/bin/script");
    private static final int CHUNK = 32 * 1024;

    private final Path home;
    private final @Nullable String line;
    private InputStream in;
    private OutputStream out;
    private OutputStream error;
    private ExitCallback exit;
    private volatile @Nullable Process process;

    /** A command; a login shell if there is no line. */
    HostCommand(Path home, @Nullable String line) {
        this.home = home;
        this.line = line;
    }

    @Override
    public void setInputStream(InputStream stream) {
        this.in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        this.out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        this.error = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(arguments(environment)).directory(home.toFile());
        variables(builder.environment(), environment);
        Process started = builder.start();
        process = started;
        environment.addSignalListener((from, signal) -> signal(started, signal), List.of(Signal.values()));
        thread("in", () -> copy(in, started.getOutputStream(), true));
        Thread errors = thread("error", () -> copy(started.getErrorStream(), error, false));
        thread("out", () -> {
            copy(started.getInputStream(), out, false);
            errors.join();
            exit.onExit(started.waitFor());
        });
    }

    private List<String> arguments(Environment environment) {
        String columns = environment.getEnv().get(Environment.ENV_COLUMNS);
        String rows = environment.getEnv().get(Environment.ENV_LINES);
        boolean terminal = columns != null && rows != null;
        if (terminal && Files.isExecutable(TERMINAL_MAKER)) {
            String size = "line=$LINE; stty rows \"$ROWS\" cols \"$COLS\"; unset ROWS COLS LINE; ";
            String inner = size + (line == null ? "exec /bin/sh -i" : "exec /bin/sh -c \"$line\"");
            return List.of(TERMINAL_MAKER.toString(), "-qefc", inner, "/dev/null");
        }
        if (line == null) {
            return terminal ? List.of("/bin/sh", "-i") : List.of("/bin/sh");
        }
        return List.of("/bin/sh", "-c", line);
    }

    private void variables(Map<String, String> variables, Environment environment) {
        String path = variables.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        path = home.resolve("bin") + ":" + path;
        variables.clear();
        environment.getEnv().forEach((name, value) -> {
            if (name.equals("TERM") || name.equals("LANG") || name.startsWith("LC_") || name.equals("GIT_PROTOCOL")) {
                variables.put(name, value);
            }
        });
        variables.putAll(
                Map.of("PATH", path, "HOME", home.toString(), "USER", DemoHost.ACCOUNT, "LOGNAME", DemoHost.ACCOUNT));
        variables.put("SHELL", "/bin/sh");
        String columns = environment.getEnv().get(Environment.ENV_COLUMNS);
        String rows = environment.getEnv().get(Environment.ENV_LINES);
        if (columns != null && rows != null) {
            variables.put("COLS", columns);
            variables.put("ROWS", rows);
            variables.put("LINE", line == null ? "" : line);
        }
    }

    private static void copy(InputStream from, OutputStream to, boolean close) {
        byte[] bytes = new byte[CHUNK];
        try {
            for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                to.write(bytes, 0, read);
                to.flush();
            }
        } catch (IOException e) {
            // One end has gone: the process ends, or the channel does.
        } finally {
            if (close) {
                closeQuietly(to);
            }
        }
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // A process that has ended does not take what was left for it.
        }
    }

    private static void signal(Process process, Signal signal) {
        if (signal == Signal.WINCH) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal.name() + " " + process.pid()).start();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static Thread thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "demo-host-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What a thread does until its stream ends. */
    private interface Work {
        void run() throws InterruptedException;
    }

    @Override
    public void destroy(ChannelSession channel) {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
        }
    }
}
