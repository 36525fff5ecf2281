#!/usr/bin/env bash
# SSH through the gateway, beside an OpenSSH bastion with two full ends and no proxy at all: one interleaved run.
#
#   benchmarks/macro/ssh.sh [OUT.tsv]             OUT defaults to docs/performance/ssh.tsv; about 20 minutes
#   ROUNDS=2 SECS=3 MB=512 SFTP_MB=256 KEYS=300 WARMUP=8 benchmarks/macro/ssh.sh /tmp/ssh.tsv      a short look, 2 minutes
#
# Environment: ROUNDS (9)  SECS (4, of logins)  CLIENTS (8)  MB (1024)  SFTP_MB (512)  KEYS (500)  WARMUP (40 s of each)
#   SYSTEMS    "direct bastion gateway"
#   WORKLOADS  "logins download upload get put keystroke"; also rekey-down and rekey-up, which compare checksums while keys
#              are exchanged anew after every 64 MB: SYSTEMS=gateway WORKLOADS="rekey-down rekey-up" MB=3072 ROUNDS=1 WARMUP=0
#   JAVA_OPTS  for the gateway
#   KEEP       set: the logs and the keys of the run stay
#
# Every connection uses curve25519-sha256 and aes128-gcm@openssh.com, on both sides of the bastion and of the gateway.
# Needs Debian's openssh-server and python3, and the tree built: mvn -q -DskipTests package
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
home=$root/distribution/target/sallyport
export PATH=/usr/sbin:$PATH LC_ALL=C

out=${1:-$root/docs/performance/ssh.tsv}
rounds=${ROUNDS:-9} secs=${SECS:-4} clients=${CLIENTS:-8} megabytes=${MB:-1024} sftp_megabytes=${SFTP_MB:-512}
keys=${KEYS:-500} warmup=${WARMUP:-40}
read -ra systems <<< "${SYSTEMS:-direct bastion gateway}"
read -ra workloads <<< "${WORKLOADS:-logins download upload get put keystroke}"

# In memory: disks are not what is compared.
work=$(mktemp -d -p /dev/shm)
. "$here/lib.sh"
trap 'stop_all; [ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT

for program in ssh sftp sshd python3 java; do
    command -v $program > /dev/null || fail "$program is not installed"
done
[ -x "$home/bin/sallyport" ] && [ -d "$root/benchmarks/target/lib" ] \
    || fail "build first: mvn -q -DskipTests package"
classpath="$root/benchmarks/target/classes:$root/benchmarks/target/lib/*"

start_issuer() {
    mkdir "$work/issuer"
    start issuer java -XX:TieredStopAtLevel=1 -cp "$classpath" io.sallyport.benchmarks.LocalIssuer "$work/issuer"
    await 30 'the issuer' grep -q ready "$work/issuer.log"
}

# A server on a port of its own, with further lines of configuration.
start_sshd() { # NAME PORT LINES
    # A shell that is not the first one does not run the account's start-up files, which may take longer than a login.
    cat > "$work/$1.conf" << CONF
Port $2
SetEnv SHLVL=2
ListenAddress 127.0.0.1
HostKey $work/$1_key
PidFile none
AuthorizedKeysFile $work/id.pub
StrictModes no
UsePAM no
UseDNS no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 200
PrintMotd no
PrintLastLog no
KexAlgorithms curve25519-sha256
Ciphers aes128-gcm@openssh.com
Subsystem sftp /usr/lib/openssh/sftp-server
LogLevel ERROR
$3
CONF
    start "$1" "$(command -v sshd)" -D -e -f "$work/$1.conf"
    await 10 "$1" accepts "$2"
}

# A host of the clients' configuration, known by its key.
host() { # NAME PORT KEY LINES
    printf '[127.0.0.1]:%s %s\n' "$2" "$(cut -d ' ' -f 1-2 "$work/$3.pub")" >> "$work/known_hosts"
    cat >> "$work/config" << CONF
Host $1
    HostName 127.0.0.1
    Port $2
    UserKnownHostsFile $work/known_hosts
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking yes
    IdentityAgent none
    IdentitiesOnly yes
    KexAlgorithms curve25519-sha256
    Ciphers aes128-gcm@openssh.com
    LogLevel ERROR
$4
CONF
}

start_servers() {
    local name own
    for name in id target_key bastion_key gateway_key; do
        ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/$name"
    done
    [ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
    target_port=$(free_port)
    bastion_port=$(free_port)
    gateway_port=$(free_port)
    # What a person logs in to: a second client, with a terminal where the person has one.
    cat > "$work/hop" << HOP
#!/bin/sh
case \$SSH_ORIGINAL_COMMAND in
    *sftp-server) exec ssh -F $work/config -s direct sftp ;;
esac
if [ -t 0 ]; then exec ssh -F $work/config -tt direct "\$SSH_ORIGINAL_COMMAND"; fi
exec ssh -F $work/config direct "\$SSH_ORIGINAL_COMMAND"
HOP
    printf "#!/bin/sh\nprintf '%%s\\\\n' %s\n" "$(cat "$work/issuer/token")" > "$work/askpass"
    chmod 700 "$work/hop" "$work/askpass"
    export SSH_ASKPASS=$work/askpass SSH_ASKPASS_REQUIRE=force
    own=$'    User '$(id -un)$'\n    IdentityFile '$work/id$'\n    PreferredAuthentications publickey'
    host direct "$target_port" target_key "$own"
    host bastion "$bastion_port" bastion_key "$own"
    host gateway "$gateway_port" gateway_key $'    User bench\n    PreferredAuthentications password'
    start_sshd target "$target_port" ''
    start_sshd bastion "$bastion_port" "ForceCommand $work/hop"
}

start_gateway() {
    local configuration=$work/gateway/sallyport.yaml
    mkdir "$work/gateway"
    sed -e "s|@LISTEN@|$gateway_port|g; s|@ADMIN@|$(free_port)|g; s|@TARGET@|$target_port|g; s|@WORK@|$work|g" \
        -e "s|@ISSUER@|$(cat "$work/issuer/issuer.url")|g; s|@KEYS@|$work/issuer|g; s|@USER@|$(id -un)|g" \
        "$here/gateway-ssh.yaml" > "$configuration"
    start gateway "$home/bin/sallyport" serve "$configuration"
    await 60 'the gateway' gateway_accepts
}

gateway_accepts() {
    kill -0 "$gateway_pid" 2> /dev/null || fail "the gateway has ended: $(tail -n 5 "$work/gateway.log")"
    accepts "$gateway_port"
}

# Processor time of a system: the gateway's own, or that of all ends of the bastion that are over.
system_ms() {
    case $1 in
        gateway) cpu_ms "$gateway_pid" ;;
        bastion) sleep 0.2; ended_ms "$bastion_pid" ;;
        *) echo 0 ;;
    esac
}

logins() { # SYSTEM SECONDS: how many there were
    local i until=$(($(now_ms) + $2 * 1000)) all=()
    for ((i = 0; i < clients; i++)); do
        (
            n=0
            while [ "$(now_ms)" -lt "$until" ]; do
                ssh -F "$work/config" "$1" true < /dev/null 2>> "$work/err" && n=$((n + 1))
            done
            echo "$n" > "$work/logins.$i"
        ) &
        all+=($!)
    done
    wait "${all[@]}"
    cat "$work"/logins.* | awk '{ n += $1 } END { print n }'
}

transfer() { # SYSTEM WORKLOAD MEGABYTES
    local bytes=$(($3 * 1048576))
    case $2 in
        download) [ "$(timeout 120 ssh -F "$work/config" "$1" "head -c $bytes /dev/zero" < /dev/null 2> "$work/err" | wc -c)" = $bytes ] ;;
        upload) [ "$(head -c $bytes /dev/zero | timeout 120 ssh -F "$work/config" "$1" 'wc -c' 2> "$work/err")" = $bytes ] ;;
        rekey-down) [ "$(ssh -F "$work/config" -o RekeyLimit=64M "$1" "$(lines $bytes)" < /dev/null 2> "$work/err" | md5sum)" = "$(eval "$(lines $bytes)" | md5sum)" ] ;;
        rekey-up) [ "$(eval "$(lines $bytes)" | ssh -F "$work/config" -o RekeyLimit=64M "$1" md5sum 2> "$work/err")" = "$(eval "$(lines $bytes)" | md5sum)" ] ;;
        get) sftp_batch "$1" "get $work/file $work/copy" "$bytes" ;;
        put) sftp_batch "$1" "put $work/file $work/copy" "$bytes" ;;
    esac
}

# A command that writes about so many bytes, no part of them like another.
lines() { echo "seq 1000000000 $((1000000000 + $1 / 11))"; } # BYTES

sftp_batch() { # SYSTEM LINE BYTES
    rm -f "$work/copy"
    timeout 120 sftp -q -F "$work/config" -o BatchMode=no -b - "$1" <<< "$2" > "$work/sftp.log" 2> "$work/err"
    [ "$(stat -c %s "$work/copy")" = "$3" ]
}

row() { # ROUND WORKLOAD SYSTEM VALUE UNIT CPU_PER_UNIT BUSY
    local IFS=$'\t'
    echo "$1"$'\t'"$2"$'\t'"$3"$'\t'"$4"$'\t'"$5"$'\t'NA$'\t'"$6"$'\t'"$7" >> "$out"
}

measure() { # ROUND WORKLOAD SYSTEM
    local value=NA unit=MB/s units=0 failed=0 cpu_before cpu busy_before busy before after spent
    : > "$work/err"
    cpu_before=$(system_ms "$3") busy_before=$(busy_ms) before=$(now_ms)
    case $2 in
        logins)
            unit=logins/s
            units=$(logins "$3" "$secs")
            [ "$units" -gt 0 ] || failed=1
            ;;
        keystroke)
            unit=ms units=$keys
            value=$(timeout 60 "$here/keystrokes" "$keys" ssh -F "$work/config" -tt "$3" \
                'stty raw -echo; printf R; exec cat' 2> "$work/err") || failed=1
            ;;
        *)
            units=$(volume "$2")
            transfer "$3" "$2" "$units" || failed=1
            units=$(awk -v mb="$units" 'BEGIN { print mb * 1.048576 }')
            ;;
    esac
    after=$(now_ms) busy=$(busy_ms)
    cpu=$(system_ms "$3")
    spent=$((after - before))
    [ "$unit" = ms ] || value=$(awk -v n="$units" -v ms="$spent" 'BEGIN { printf "%.2f", n * 1000 / ms }')
    if [ "$failed" -ne 0 ]; then
        say "round $1, $2, $3 failed: $(head -c 300 "$work/err")"
        value=NA
    fi
    busy=$(awk -v a="$busy_before" -v b="$busy" -v t="$spent" 'BEGIN { printf "%.2f", (b - a) / t }')
    cpu=$(awk -v a="$cpu_before" -v b="$cpu" -v n="$units" 'BEGIN { print (n > 0 ? sprintf("%.2f", (b - a) * 1000 / n) : "NA") }')
    if [ "$unit" = ms ]; then
        row "$1" keystroke-p50 "$3" "${value% *}" ms "$cpu" "$busy"
        row "$1" keystroke-p99 "$3" "${value#* }" ms "$cpu" "$busy"
    else
        row "$1" "$2" "$3" "$value" "$unit" "$cpu" "$busy"
    fi
}

volume() { # WORKLOAD: megabytes of it
    case $1 in
        get | put) echo "$sftp_megabytes" ;;
        *) echo "$megabytes" ;;
    esac
}

say "starting in $work"
start_issuer
start_servers
start_gateway
head -c $((sftp_megabytes * 1048576)) /dev/zero > "$work/file"

# A JVM compiles for a while before it shows what it can do.
say "warming up"
for workload in "${workloads[@]}"; do
    until=$(($(now_ms) + warmup * 1000))
    while [ "$(now_ms)" -lt "$until" ]; do
        case $workload in
            logins) logins gateway 3 > /dev/null ;;
            keystroke) measure 0 keystroke gateway; until=0 ;;
            *) transfer gateway "$workload" "$(volume "$workload")" || fail "$workload: $(head -c 500 "$work/err")" ;;
        esac
    done
done

mkdir -p "$(dirname "$out")"
printf 'round\tworkload\tsystem\tvalue\tunit\tlatency_ms\tproxy_cpu_us_per_unit\tbusy_cores\n' > "$out"
for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    for workload in "${workloads[@]}"; do
        # Another one goes first in every round, so that nobody always has the warmest or the most tired machine.
        for i in "${!systems[@]}"; do
            measure "$round" "$workload" "${systems[$(((i + round) % ${#systems[@]}))]}"
        done
    done
done

"$here/summarize" "$out" bastion
