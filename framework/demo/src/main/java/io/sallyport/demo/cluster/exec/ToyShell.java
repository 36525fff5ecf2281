package io.sallyport.demo.cluster.exec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Acts a few commands of a container. It runs no program and reads no file of this machine. For one thread. */
public final class ToyShell {

    private static final int NOT_FOUND = 127;
    private static final Map<String, String> FILES = Map.of(
            "/etc/hostname", "HOSTNAME\n",
            "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n",
            "/app/config.yaml", "owner: bob@example.com\ncard: 4111 1111 1111 1111\n");

    private final String hostname;
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream error;

    /** A shell in a container, whose host name is the pod's. */
    public ToyShell(String hostname, InputStream in, OutputStream out, OutputStream error) {
        this.hostname = hostname;
        this.in = in;
        this.out = out;
        this.error = error;
    }

    /** Runs a command to its end, and answers its exit status. */
    public int run(List<String> command) throws IOException {
        if (command.isEmpty()) {
            return 0;
        }
        String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
        List<String> arguments = command.subList(1, command.size());
        return switch (name) {
            case "sh", "bash", "ash" -> shell(arguments);
            case "echo" -> echo(arguments);
            case "cat" -> cat(arguments);
            case "env" -> say("HOSTNAME=" + hostname + "\nPATH=/usr/bin:/bin\n");
            case "hostname" -> say(hostname + "\n");
            case "id" -> say("uid=0(root) gid=0(root)\n");
            case "ls" -> say("app\nbin\netc\n");
            case "pwd" -> say("/\n");
            case "whoami" -> say("root\n");
            case "true" -> 0;
            case "false" -> 1;
            case "sleep" -> sleep(arguments);
            default -> notFound(command.get(0));
        };
    }

    private int shell(List<String> arguments) throws IOException {
        if (arguments.size() > 1 && arguments.get(0).equals("-c")) {
            return script(arguments.get(1));
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int status = 0;
        say("# ");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.strip().equals("exit")) {
                return status;
            }
            status = script(line);
            say("# ");
        }
        return status;
    }

    private int script(String text) throws IOException {
        int status = 0;
        for (String part : text.split(";", -1)) {
            List<String> words = words(part);
            boolean toError = words.removeAll(List.of(">&2", "1>&2"));
            if (!words.isEmpty() && words.get(0).equals("exit")) {
                return words.size() > 1 ? Integer.parseInt(words.get(1)) : status;
            }
            status = toError ? new ToyShell(hostname, in, error, error).run(words) : run(words);
        }
        return status;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean begun = false;
        for (char c : (text + " ").toCharArray()) {
            if (quote != 0 ? c == quote : c == '\'' || c == '"') {
                quote = quote == 0 ? c : 0;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        return words;
    }

    private int echo(List<String> arguments) throws IOException {
        boolean noLine = !arguments.isEmpty() && arguments.get(0).equals("-n");
        String text = String.join(" ", noLine ? arguments.subList(1, arguments.size()) : arguments);
        return say(noLine ? text : text + "\n");
    }

    private int cat(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            return 0;
        }
        int status = 0;
        for (String file : arguments) {
            String content = FILES.get(file);
            if (content == null) {
                tell("cat: " + file + ": No such file or directory\n");
                status = 1;
            } else {
                say(content.replace("HOSTNAME", hostname));
            }
        }
        return status;
    }

    private static int sleep(List<String> arguments) {
        double seconds = arguments.isEmpty() ? 0 : Double.parseDouble(arguments.get(0));
        long deadline = System.nanoTime() + (long) (Math.min(seconds, 600) * TimeUnit.SECONDS.toNanos(1));
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                return 143;
            }
        }
        return 0;
    }

    private int notFound(String name) throws IOException {
        tell("sh: " + name + ": not found\n");
        return NOT_FOUND;
    }

    private int say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return 0;
    }

    private void tell(String text) throws IOException {
        error.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
