# What the macro benchmarks share. To be sourced; needs $work, a directory of this run.

started=()

say() { printf '== %s\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# What stands before a command that is to run as an ordinary user, since servers refuse to run as root.
user=()
[ "$(id -u)" -ne 0 ] || user=(setpriv --reuid=postgres --regid=postgres --init-groups)

# Starts a command in the background; its output goes to $work/NAME.log, its process id into NAME's variable.
start() { # NAME COMMAND...
    local name=$1
    shift
    "$@" > "$work/$name.log" 2>&1 &
    started+=($!)
    printf -v "${name}_pid" '%s' "$!"
}

stop_all() {
    local pid
    for pid in "${started[@]}"; do kill "$pid" 2> /dev/null || true; done
    for pid in "${started[@]}"; do wait "$pid" 2> /dev/null || true; done
}

accepts() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# A port of loopback on which nothing listens.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        accepts "$port" || { echo "$port"; return; }
    done
}

await() { # SECONDS WHAT COMMAND...
    local left=$(($1 * 10)) what=$2
    shift 2
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "$what is not ready; see its log in $work"
        sleep 0.1
    done
}

# Processor time that a process has used, in milliseconds; 0 for `-`.
cpu_ms() {
    if [ "$1" = - ]; then echo 0; return; fi
    awk -v tick="$(getconf CLK_TCK)" '{ sub(/^.*\) /, ""); print ($12 + $13) * 1000 / tick }' "/proc/$1/stat"
}

# The same with the time of all descendants that are over and were waited for.
ended_ms() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/^.*\) /, ""); print ($12 + $13 + $14 + $15) * 1000 / tick }' "/proc/$1/stat"; }

now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# Processor time of the whole machine that was not idle, and what the hypervisor took, in milliseconds.
busy_ms() { awk -v tick="$(getconf CLK_TCK)" '/^cpu / { print ($2 + $3 + $4 + $7 + $8 + $9) * 1000 / tick }' /proc/stat; }
