#!/usr/bin/env bash
# PostgreSQL through the gateway, beside a bare relay, PgBouncer and no proxy at all: one interleaved run.
#
#   benchmarks/macro/postgres.sh [OUT.tsv]        OUT defaults to docs/performance/postgres.tsv
#
# Environment: ROUNDS (9)  SECS (3)  CLIENTS (8)  JOBS (2)  SCALE (20)  PEOPLE (1000000)  WIDE (300000 rows)  WARMUP (60 s)
#   SYSTEMS    "direct relay pgbouncer gateway"; also: gateway-tls direct-tls gateway-masking
#   WORKLOADS  "prepared simple extended copy-wide copy-people"
#   JAVA_OPTS  for the relay and the gateway alike
#   KEEP       set: the logs and the data of the run stay
#
# Needs Debian's postgresql-15 and pgbouncer, and the tree built: mvn -q -DskipTests package
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
home=$root/distribution/target/sallyport
export PATH=/usr/lib/postgresql/15/bin:/usr/sbin:$PATH LC_ALL=C

out=${1:-$root/docs/performance/postgres.tsv}
rounds=${ROUNDS:-9} secs=${SECS:-3} clients=${CLIENTS:-8} jobs=${JOBS:-2}
scale=${SCALE:-20} people=${PEOPLE:-1000000} wide=${WIDE:-300000} warmup=${WARMUP:-60}
read -ra systems <<< "${SYSTEMS:-direct relay pgbouncer gateway}"
read -ra workloads <<< "${WORKLOADS:-prepared simple extended copy-wide copy-people}"

work=$(mktemp -d)
chmod 755 "$work"
. "$here/lib.sh"
trap 'stop_all; [ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT

for program in pgbench pgbouncer initdb java; do
    command -v $program > /dev/null || fail "$program is not installed"
done
[ -x "$home/bin/sallyport" ] && [ -d "$root/benchmarks/target/lib" ] \
    || fail "build first: mvn -q -DskipTests package"

classpath="$root/benchmarks/target/classes:$root/benchmarks/target/lib/*"
java_options=()
[ -z "${JAVA_OPTS:-}" ] || read -ra java_options <<< "$JAVA_OPTS"
# The relay runs with the collector that bin/sallyport serves with.
case " ${JAVA_OPTS:-} " in
    *" -XX:+Use"*"GC "*) ;;
    *) java_options+=(-XX:+UseParallelGC) ;;
esac

uses() { # SYSTEM: whether the run has it
    local system
    for system in "${systems[@]}"; do [ "${system%%-*}" != "$1" ] || return 0; done
    return 1
}

start_issuer() {
    mkdir "$work/issuer"
    start issuer java -XX:TieredStopAtLevel=1 -cp "$classpath" io.sallyport.benchmarks.LocalIssuer "$work/issuer"
    await 30 'the issuer' grep -q ready "$work/issuer.log"
    token=$(cat "$work/issuer/token")
}

start_postgres() {
    postgres_port=$(free_port)
    local data=$work/postgres
    mkdir "$data"
    echo bench > "$work/password"
    [ "$(id -u)" -ne 0 ] || chown postgres "$data"
    "${user[@]}" initdb -D "$data" -U bench -A scram-sha-256 --pwfile="$work/password" > "$work/initdb.log"
    # The server wants a key that only it can read.
    install -m 644 "$work/issuer/tls.crt" "$data/server.crt"
    install -m 600 "$work/issuer/tls.key" "$data/server.key"
    [ "$(id -u)" -ne 0 ] || chown postgres "$data/server.crt" "$data/server.key"
    start postgres "${user[@]}" postgres -D "$data" -p "$postgres_port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c shared_buffers=1GB -c synchronous_commit=off -c autovacuum=off -c ssl=on
    await 30 PostgreSQL pg_isready -q -h 127.0.0.1 -p "$postgres_port"
    export PGHOST=127.0.0.1 PGPORT=$postgres_port PGUSER=bench PGPASSWORD=bench PGSSLMODE=disable PGDATABASE=postgres
    psql -qX -c 'CREATE DATABASE bench'
    PGDATABASE=bench pgbench -q -i -s "$scale" > "$work/pgbench-init.log" 2>&1
    PGDATABASE=bench psql -qX << SQL
CREATE TABLE people (id int PRIMARY KEY, name text, email text, phone text);
INSERT INTO people
    SELECT i, 'name ' || i, 'user' || i || '@example.com', '+49 30 ' || lpad(i::text, 7, '0')
    FROM generate_series(1, $people) i;
VACUUM ANALYZE;
CHECKPOINT;
SQL
}

start_pgbouncer() {
    pgbouncer_port=$(free_port)
    echo '"bench" "bench"' > "$work/users.txt"
    cat > "$work/pgbouncer.ini" << INI
[databases]
bench = host=127.0.0.1 port=$postgres_port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $pgbouncer_port
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $work/users.txt
pool_mode = session
default_pool_size = 64
log_connections = 0
log_disconnections = 0
INI
    start pgbouncer "${user[@]}" pgbouncer "$work/pgbouncer.ini"
    await 10 PgBouncer accepts "$pgbouncer_port"
}

start_relay() {
    start relay java "${java_options[@]}" -cp "$classpath" io.sallyport.benchmarks.BareRelay 0 127.0.0.1 "$postgres_port"
    await 30 'the relay' grep -qE '^[0-9]+$' "$work/relay.log"
    relay_port=$(grep -E '^[0-9]+$' "$work/relay.log")
}

start_gateway() {
    gateway_port=$(free_port)
    local configuration=$work/gateway/sallyport.yaml
    mkdir "$work/gateway"
    sed -e "s|@LISTEN@|$gateway_port|g; s|@ADMIN@|$(free_port)|g; s|@POSTGRES@|$postgres_port|g" \
        -e "s|@ISSUER@|$(cat "$work/issuer/issuer.url")|g; s|@KEYS@|$work/issuer|g; s|@PASSWORD@|$work/password|g" \
        "$here/gateway.yaml" > "$configuration"
    start gateway "$home/bin/sallyport" serve "$configuration"
    await 60 'the gateway' gateway_accepts
}

gateway_accepts() {
    kill -0 "$gateway_pid" 2> /dev/null || fail "the gateway has ended: $(tail -n 5 "$work/gateway.log")"
    accepts "$gateway_port"
}

# Lets libpq connect to a system.
select_system() {
    local port
    case $1 in
        direct*) port=$postgres_port pid=- ;;
        relay) port=$relay_port pid=$relay_pid ;;
        pgbouncer) port=$pgbouncer_port pid=$pgbouncer_pid ;;
        gateway*) port=$gateway_port pid=$gateway_pid ;;
        *) fail "unknown system $1" ;;
    esac
    export PGPORT=$port PGDATABASE=bench PGUSER=bench PGPASSWORD=bench PGSSLMODE=disable
    case $1 in *-tls) export PGSSLMODE=verify-full PGSSLROOTCERT=$work/issuer/ca.crt ;; esac
    case $1 in
        gateway-masking) export PGDATABASE=masked PGPASSWORD=$token ;;
        gateway*) export PGPASSWORD=$token ;;
    esac
}

copy_of() {
    case $1 in
        copy-wide) echo "COPY (SELECT i, repeat('x', 1000) FROM generate_series(1, $wide) i) TO STDOUT" ;;
        copy-people) echo 'COPY people TO STDOUT' ;;
    esac
}

run_pgbench() { # MODE SECONDS
    timeout $(($2 + 60)) pgbench -n -S -M "$1" -c "$clients" -j "$jobs" -T "$2" > "$work/out" 2> "$work/err"
}

measure() { # ROUND WORKLOAD SYSTEM
    local pid value=NA unit=tps latency=NA units=0 failed=0 cpu_before cpu_after busy_before before after
    select_system "$3"
    cpu_before=$(cpu_ms "$pid") busy_before=$(busy_ms) before=$(now_ms)
    case $2 in
        copy-*)
            unit=MB/s
            timeout 180 psql -qAtX -v ON_ERROR_STOP=1 -c "$(copy_of "$2")" > /dev/null 2> "$work/err" || failed=1
            ;;
        *)
            run_pgbench "$2" "$secs" || failed=1
            value=$(awk '/^tps/ { print $3 }' "$work/out")
            latency=$(awk '/^latency average/ { print $4 }' "$work/out")
            units=$(awk '/actually processed/ { sub(/\/.*/, "", $6); print $6 }' "$work/out")
            ;;
    esac
    after=$(now_ms) cpu_after=$(cpu_ms "$pid")
    if [ "$unit" = MB/s ]; then
        units=$(awk -v b="${bytes[$2]}" 'BEGIN { print b / 1000000 }')
        value=$(awk -v mb="$units" -v ms=$((after - before)) 'BEGIN { printf "%.1f", mb * 1000 / ms }')
    fi
    [ "$failed" -eq 0 ] || { value=NA; say "round $1, $2, $3 failed: $(head -c 300 "$work/err")"; }
    awk -v OFS='\t' -v round="$1" -v work="$2" -v system_="$3" -v value="${value:-NA}" -v unit="$unit" \
        -v latency="${latency:-NA}" -v units="${units:-0}" -v cpu="$(awk -v a="$cpu_before" -v b="$cpu_after" 'BEGIN { print b - a }')" \
        -v busy="$(awk -v a="$busy_before" -v b="$(busy_ms)" -v t=$((after - before)) 'BEGIN { printf "%.2f", (b - a) / t }')" \
        'BEGIN { print round, work, system_, value, unit, latency, (units > 0 ? sprintf("%.2f", cpu * 1000 / units) : "NA"), busy }' \
        >> "$out"
}

say "starting in $work"
start_issuer
start_postgres
! uses pgbouncer || start_pgbouncer
! uses relay || start_relay
! uses gateway || start_gateway

declare -A bytes
for workload in "${workloads[@]}"; do
    case $workload in
        copy-*) select_system direct; bytes[$workload]=$(psql -qAtX -c "$(copy_of "$workload")" | wc -c) ;;
    esac
done

# A JVM compiles for a while before it shows what it can do.
say "warming up"
for system in "${systems[@]}"; do
    case $system in direct* | pgbouncer) continue ;; esac
    select_system "$system"
    for workload in "${workloads[@]}"; do
        case $workload in
            copy-*) psql -qAtX -c "$(copy_of "$workload")" > /dev/null ;;
            *) run_pgbench "$workload" "$warmup" || fail "$system: $(head -c 500 "$work/err")" ;;
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

"$here/summarize" "$out"
