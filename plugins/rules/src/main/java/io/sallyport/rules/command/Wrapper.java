package io.sallyport.rules.command;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs another one, given by the end of its own arguments.
 *
 * @param shortWithValue its short options that take a value, which may be the next argument
 * @param longWithValue its long options that take a value, which may be the next argument
 * @param operands how many arguments of its own stand before the other program
 */
record Wrapper(String shortWithValue, Set<String> longWithValue, int operands) {

    /** Programs whose {@code -c} takes shell text. */
    static final Set<String> SHELLS = Set.of(
            "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "rbash", "su", "runuser", "script", "flock");

    /** Shells that take commands from their input. */
    static final Set<String> READERS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "rbash");

    /** Programs whose arguments together are shell text. */
    static final Set<String> EVALUATORS = Set.of("eval", "watch", "parallel", "ssh");

    /** Programs that add arguments which are read from elsewhere. */
    static final Set<String> FEEDERS = Set.of("xargs", "parallel");

    private static final Map<String, Wrapper> KNOWN = Map.ofEntries(
            Map.entry("env", new Wrapper("uCS", Set.of("unset", "chdir", "split-string"), 0)),
            Map.entry(
                    "sudo",
                    new Wrapper(
                            "ughpCrtTUDRa",
                            Set.of(
                                    "user",
                                    "group",
                                    "host",
                                    "prompt",
                                    "close-from",
                                    "role",
                                    "type",
                                    "command-timeout",
                                    "other-user",
                                    "chdir",
                                    "chroot"),
                            0)),
            Map.entry("doas", new Wrapper("uC", Set.of(), 0)),
            Map.entry("timeout", new Wrapper("ks", Set.of("kill-after", "signal"), 1)),
            Map.entry(
                    "xargs",
                    new Wrapper(
                            "IEnPLdsa",
                            Set.of(
                                    "max-args",
                                    "max-procs",
                                    "max-chars",
                                    "max-lines",
                                    "delimiter",
                                    "arg-file",
                                    "process-slot-var"),
                            0)),
            Map.entry("nice", new Wrapper("n", Set.of("adjustment"), 0)),
            Map.entry("ionice", new Wrapper("cnpPu", Set.of("class", "classdata"), 0)),
            Map.entry("nohup", plain(0)),
            Map.entry("setsid", plain(0)),
            Map.entry("stdbuf", new Wrapper("ioe", Set.of("input", "output", "error"), 0)),
            Map.entry("time", new Wrapper("fo", Set.of("format", "output"), 0)),
            Map.entry("command", plain(0)),
            Map.entry("builtin", plain(0)),
            Map.entry("eval", plain(0)),
            Map.entry("watch", new Wrapper("n", Set.of("interval"), 0)),
            Map.entry("parallel", new Wrapper("jnNLIa", Set.of("jobs", "max-args", "arg-file", "colsep"), 0)),
            Map.entry("exec", new Wrapper("a", Set.of(), 0)),
            Map.entry("busybox", plain(0)),
            Map.entry("toybox", plain(0)),
            Map.entry("chroot", new Wrapper("", Set.of("userspec", "groups"), 1)),
            Map.entry("chrt", new Wrapper("TPD", Set.of("sched-runtime", "sched-period", "sched-deadline"), 1)),
            Map.entry("taskset", plain(1)),
            Map.entry("flock", new Wrapper("wE", Set.of("wait", "timeout", "conflict-exit-code"), 1)),
            Map.entry("strace", new Wrapper("eopPsuaEIObSX", Set.of("output", "trace", "user", "env"), 0)),
            Map.entry("systemd-run", new Wrapper("pEtuMHCDG", Set.of("unit", "property", "uid", "gid", "setenv"), 0)),
            Map.entry("runuser", new Wrapper("ugGcs", Set.of("user", "group", "supp-group"), 0)),
            Map.entry("ssh", new Wrapper("BbcDEeFIiJLlmOopQRSWw", Set.of(), 1)),
            Map.entry("pkexec", new Wrapper("", Set.of("user"), 0)),
            Map.entry("setpriv", new Wrapper("", Set.of("reuid", "regid", "groups"), 0)),
            Map.entry("prlimit", new Wrapper("p", Set.of("pid"), 0)),
            Map.entry("numactl", new Wrapper("iNmpCl", Set.of(), 0)),
            Map.entry("setarch", plain(1)),
            Map.entry("linux32", plain(0)),
            Map.entry("linux64", plain(0)),
            Map.entry("unbuffer", plain(0)),
            Map.entry("ltrace", new Wrapper("eopusan", Set.of("output", "library"), 0)),
            Map.entry("fakeroot", new Wrapper("lsib", Set.of("lib", "faked"), 0)),
            Map.entry("faketime", plain(1)),
            Map.entry("cgexec", new Wrapper("g", Set.of(), 0)),
            Map.entry("dbus-run-session", plain(0)),
            Map.entry("unshare", new Wrapper("RwSG", Set.of("root", "wd", "setuid", "setgid"), 0)),
            Map.entry("nsenter", new Wrapper("tSG", Set.of("target", "setuid", "setgid"), 0)));

    /** Words that stand before a command in the shell's grammar. */
    static final List<String> RESERVED =
            List.of("if", "then", "elif", "else", "while", "until", "do", "!", "{", "}", "time", "coproc");

    private static Wrapper plain(int operands) {
        return new Wrapper("", Set.of(), operands);
    }

    /** The wrapper of this name; null if it is none. */
    static @Nullable Wrapper named(String name) {
        return KNOWN.get(name);
    }

    /** Whether the option takes the next argument as its value. */
    boolean takesNext(String option) {
        if (option.startsWith("--")) {
            return longWithValue.contains(option.substring(2));
        }
        for (int i = 1; i < option.length(); i++) {
            if (shortWithValue.indexOf(option.charAt(i)) >= 0) {
                return i == option.length() - 1;
            }
        }
        return false;
    }
}
