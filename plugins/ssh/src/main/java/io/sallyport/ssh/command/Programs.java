package io.sallyport.ssh.command;

import java.util.Set;

/** What is known of programs that run what their arguments, or their input, tell them. */
final class Programs {

    /** Shells that read POSIX text after {@code -c}. */
    static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "ash", "ksh", "ksh93", "mksh", "lksh", "zsh", "rbash", "yash", "posh");

    /** Shells with a language of their own. */
    static final Set<String> FOREIGN_SHELLS =
            Set.of("fish", "csh", "tcsh", "rc", "es", "nu", "elvish", "xonsh", "pwsh");

    /** Programs whose {@code -c} takes the text of a command for the account's shell. */
    static final Set<String> TEXT_RUNNERS = Set.of("su", "runuser", "sg", "script", "flock", "git-shell");

    /** Programs that make a command of their arguments or of their input. */
    static final Set<String> EVALUATORS =
            Set.of("eval", ".", "source", "xargs", "parallel", "watch", "at", "batch", "trap", "alias", "fc");

    /** Programs that run one another, given by the end of their arguments. */
    static final Set<String> WRAPPERS = Set.of(
            "env",
            "sudo",
            "doas",
            "pkexec",
            "timeout",
            "nice",
            "ionice",
            "chrt",
            "taskset",
            "nohup",
            "setsid",
            "stdbuf",
            "unbuffer",
            "time",
            "command",
            "builtin",
            "exec",
            "chroot",
            "setpriv",
            "prlimit",
            "numactl",
            "setarch",
            "linux32",
            "linux64",
            "strace",
            "ltrace",
            "systemd-run",
            "unshare",
            "nsenter",
            "runuser",
            "flock",
            "fakeroot",
            "faketime",
            "dbus-run-session",
            "start-stop-daemon",
            "find",
            "docker",
            "podman",
            "nerdctl",
            "kubectl",
            "lxc",
            "lxc-attach",
            "tmux",
            "screen",
            "expect",
            "busybox",
            "toybox",
            "capsh",
            "cgexec",
            "firejail",
            "bwrap",
            "proot",
            "ld.so",
            "ssh");

    /** Interpreters that take a program in an argument or from their input. */
    private static final Set<String> INTERPRETERS = Set.of(
            "python", "perl", "ruby", "node", "nodejs", "php", "lua", "luajit", "tclsh", "deno", "bun", "Rscript");

    private Programs() {}

    /** The name of a program without its path. */
    static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether a program of this name is an interpreter; versions such as {@code python3.11} count as their program. */
    static boolean interprets(String name) {
        int end = name.length();
        while (end > 0 && (Character.isDigit(name.charAt(end - 1)) || name.charAt(end - 1) == '.')) {
            end--;
        }
        return INTERPRETERS.contains(name.substring(0, end));
    }

    /** Whether a program of this name needs a look at its arguments. */
    static boolean special(String name) {
        return SHELLS.contains(name)
                || FOREIGN_SHELLS.contains(name)
                || TEXT_RUNNERS.contains(name)
                || EVALUATORS.contains(name)
                || transfers(name)
                || interprets(name);
    }

    /** Whether a program of this name may be the target's half of a file transfer. */
    static boolean transfers(String name) {
        return switch (name) {
            case "scp", "rsync", "git", "sftp-server", "internal-sftp" -> true;
            case "git-upload-pack", "git-receive-pack", "git-upload-archive" -> true;
            default -> false;
        };
    }
}
