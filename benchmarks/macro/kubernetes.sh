#!/usr/bin/env bash
# Answers of an API server through the gateway, beside nginx that re-encrypts and no proxy at all: one interleaved run.
#
#   benchmarks/macro/kubernetes.sh [OUT.tsv]      OUT defaults to docs/performance/kubernetes.tsv
#   SHORT=1 benchmarks/macro/kubernetes.sh /tmp/kubernetes.tsv       two rounds, less than two minutes
#
# Environment: ROUNDS (9)  SECS (4)  WARMUP (30 s)
#   SYSTEMS    "direct nginx gateway"
#   WORKLOADS  "get-1k list-1m secrets-1m", named so: what is asked; also: searched-1m
#   JAVA_OPTS  for the gateway
#   KEEP       set: the logs and the data of the run stay
#
# Needs Debian's nginx-light and wrk, and the tree built: mvn -q -DskipTests package
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
home=$root/distribution/target/sallyport
export PATH=/usr/sbin:$PATH LC_ALL=C

out=${1:-$root/docs/performance/kubernetes.tsv}
if [ -n "${SHORT:-}" ]; then rounds=2 secs=2 warmup=12; else rounds=9 secs=4 warmup=30; fi
rounds=${ROUNDS:-$rounds} secs=${SECS:-$secs} warmup=${WARMUP:-$warmup}
read -ra systems <<< "${SYSTEMS:-direct nginx gateway}"
read -ra workloads <<< "${WORKLOADS:-get-1k list-1m secrets-1m}"

work=$(mktemp -d)
chmod 755 "$work"
. "$here/lib.sh"
trap 'stop_all; [ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT

for program in nginx wrk java; do
    command -v $program > /dev/null || fail "$program is not installed"
done
[ -x "$home/bin/sallyport" ] && [ -d "$root/benchmarks/target/lib" ] \
    || fail "build first: mvn -q -DskipTests package"

classpath="$root/benchmarks/target/classes:$root/benchmarks/target/lib/*"
api=/api/v1/namespaces/bench

uses() { # SYSTEM: whether the run has it
    local system
    for system in "${systems[@]}"; do [ "$system" != "$1" ] || return 0; done
    return 1
}

start_issuer() {
    mkdir "$work/issuer"
    start issuer java -XX:TieredStopAtLevel=1 -cp "$classpath" io.sallyport.benchmarks.LocalIssuer "$work/issuer"
    await 30 'the issuer' grep -q ready "$work/issuer.log"
    token=$(cat "$work/issuer/token")
}

object() { # KIND NAME VALUE
    printf '{"metadata":{"name":"%s","namespace":"bench","uid":"7a1cf6a8-5d0f-4b63-a8f5-%012d","resourceVersion":"%d",' \
        "$2" $((10#${2#*-})) $((100000 + 10#${2#*-}))
    printf '"creationTimestamp":"2026-01-01T00:00:00Z","labels":{"app.kubernetes.io/name":"bench"}},'
    if [ "$1" = Secret ]; then
        printf '"data":{"username":"%s","password":"%s"},"type":"Opaque"}' "$(base64 <<< "user-$2")" "$3"
    else
        printf '"data":{"application.properties":"%s"}}' "$3"
    fi
}

list() { # KIND: about a megabyte, in objects of about a kilobyte
    local i
    printf '{"kind":"%sList","apiVersion":"v1","metadata":{"resourceVersion":"4711"},"items":[' "$1"
    for ((i = 1; i <= 1000; i++)); do
        [ $i -eq 1 ] || printf ','
        object "$1" "item-$(printf %04d $i)" "$value"
    done
    printf ']}\n'
}

# What a server answers whose answers cost nothing: files.
make_answers() {
    local files=$work/files$api
    mkdir -p "$files/configmaps-one"
    value=$(head -c 525 /dev/urandom | base64 -w 0)
    { printf '{"kind":"ConfigMap","apiVersion":"v1",'; object ConfigMap item-0001 "$value" | tail -c +2; } \
        > "$files/configmaps-one/item-0001"
    list ConfigMap > "$files/configmaps"
    list Secret > "$files/secrets"
}

nginx_configuration() { # NAME SERVER: the lines that both servers have, so that all systems speak alike
    cat << CONF
worker_processes $(nproc);
daemon off;
pid $work/$1.pid;
error_log $work/$1.error warn;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_requests 1000000000;
    client_body_temp_path $work/$1-body;
    proxy_temp_path $work/$1-proxy;
    fastcgi_temp_path $work/$1-fastcgi;
    uwsgi_temp_path $work/$1-uwsgi;
    scgi_temp_path $work/$1-scgi;
    ssl_certificate $work/issuer/tls.crt;
    ssl_certificate_key $work/issuer/tls.key;
    ssl_protocols TLSv1.3;
    ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
    ssl_session_tickets off;
$2
}
CONF
}

start_origin() {
    origin_port=$(free_port)
    nginx_configuration origin "    open_file_cache max=100;
    default_type application/json;
    server {
        listen 127.0.0.1:$origin_port ssl reuseport;
        root $work/files;
        location = $api/configmaps/item-0001 { alias $work/files$api/configmaps-one/item-0001; }
    }" > "$work/origin.conf"
    start origin nginx -c "$work/origin.conf"
    await 10 'the origin' accepts "$origin_port"
}

# TLS on both sides, the target's certificate verified, connections kept.
start_nginx() {
    nginx_port=$(free_port)
    nginx_configuration nginx "    upstream origin { server 127.0.0.1:$origin_port; keepalive 64; keepalive_requests 1000000000; }
    server {
        listen 127.0.0.1:$nginx_port ssl reuseport;
        location /clusters/bench/ {
            proxy_pass https://origin/;
            proxy_http_version 1.1;
            proxy_set_header Connection '';
            proxy_set_header Host 127.0.0.1;
            proxy_set_header Authorization 'Bearer target';
            proxy_ssl_protocols TLSv1.3;
            proxy_ssl_name localhost;
            proxy_ssl_verify on;
            proxy_ssl_trusted_certificate $work/issuer/ca.crt;
            proxy_buffering ${NGINX_BUFFERING:-on};
            proxy_buffer_size 16k;
            proxy_buffers 128 16k;
            proxy_busy_buffers_size 256k;
            proxy_max_temp_file_size 0;
        }
    }" > "$work/nginx.conf"
    start nginx nginx -c "$work/nginx.conf"
    await 10 nginx accepts "$nginx_port"
}

start_gateway() {
    gateway_port=$(free_port)
    local configuration=$work/gateway/sallyport.yaml
    mkdir "$work/gateway"
    echo target > "$work/target-token"
    sed -e "s|@LISTEN@|$gateway_port|g; s|@ADMIN@|$(free_port)|g; s|@ORIGIN@|$origin_port|g" \
        -e "s|@ISSUER@|$(cat "$work/issuer/issuer.url")|g; s|@KEYS@|$work/issuer|g; s|@TOKEN@|$work/target-token|g" \
        "$here/kubernetes.yaml" > "$configuration"
    start gateway "$home/bin/sallyport" serve "$configuration"
    await 60 'the gateway' gateway_accepts
}

gateway_accepts() {
    kill -0 "$gateway_pid" 2> /dev/null || fail "the gateway has ended: $(tail -n 5 "$work/gateway.log")"
    accepts "$gateway_port"
}

# Processor time of a system's processes: nginx works in children.
system_cpu_ms() { # PID
    local pid total=0
    for pid in "$1" $(pgrep -P "$1" || true); do total=$(awk -v a="$total" -v b="$(cpu_ms "$pid")" 'BEGIN { print a + b }'); done
    echo "$total"
}

# Where a workload is asked of a system.
select_system() { # WORKLOAD SYSTEM
    local target=bench
    case $1 in
        get-1k) path=$api/configmaps/item-0001 connections=8 ;;
        list-1m) path=$api/configmaps connections=4 ;;
        secrets-1m) path=$api/secrets connections=4 target=masked ;;
        searched-1m) path=$api/secrets connections=4 target=searched ;;
        *) fail "unknown workload $1" ;;
    esac
    case $2 in
        direct) url=https://127.0.0.1:$origin_port$path pid=- ;;
        nginx) url=https://127.0.0.1:$nginx_port/clusters/bench$path pid=$nginx_pid ;;
        gateway) url=https://127.0.0.1:$gateway_port/clusters/$target$path pid=$gateway_pid ;;
        *) fail "unknown system $2" ;;
    esac
}

run_wrk() { # SECONDS
    timeout $(($1 + 60)) wrk -t2 -c"$connections" -d"$1s" --timeout 20s --latency \
        -H "Authorization: Bearer $token" "$url" > "$work/out" 2> "$work/err" || return 1
    if grep -qE 'Non-2xx|Socket errors' "$work/out"; then
        grep -E 'Non-2xx|Socket errors' "$work/out" > "$work/err"
        return 1
    fi
}

# Every system has to give the same answer, and masked ones no value.
check() { # WORKLOAD SYSTEM
    select_system "$1" "$2"
    curl -sS --fail --cacert "$work/issuer/ca.crt" -H "Authorization: Bearer $token" -o "$work/answer" "$url" \
        || fail "$2 does not answer $url"
    case $2-$1 in
        gateway-secrets-1m | gateway-searched-1m)
            ! grep -qF "$value" "$work/answer" && grep -q W3JlZGFjdGVkXQ== "$work/answer" || fail "$1 is not masked" ;;
        *)
            local file=$work/files$path
            [ "$1" != get-1k ] || file=$work/files$api/configmaps-one/item-0001
            cmp -s "$work/answer" "$file" || fail "$2 answers $1 otherwise" ;;
    esac
}

measure() { # ROUND WORKLOAD SYSTEM
    local value=NA latency=NA units=0 cpu_before cpu_after=0 busy_before before after
    select_system "$2" "$3"
    cpu_before=$([ "$pid" = - ] && echo 0 || system_cpu_ms "$pid") busy_before=$(busy_ms) before=$(now_ms)
    if run_wrk "$secs"; then
        value=$(awk '/^Requests\/sec/ { print $2 }' "$work/out")
        units=$(awk '/requests in/ { print $1 }' "$work/out")
        latency=$(awk '$1 == "50%" { v = $2; m = v ~ /us$/ ? .001 : v ~ /ms$/ ? 1 : 1000; sub(/[a-z]+$/, "", v); print v * m }' \
            "$work/out")
    else
        say "round $1, $2, $3 failed: $(head -c 300 "$work/err")"
    fi
    after=$(now_ms)
    [ "$pid" = - ] || cpu_after=$(system_cpu_ms "$pid")
    awk -v OFS='\t' -v round="$1" -v work="$2" -v system_="$3" -v value="${value:-NA}" -v latency="${latency:-NA}" \
        -v units="${units:-0}" -v cpu="$(awk -v a="$cpu_before" -v b="$cpu_after" 'BEGIN { print b - a }')" \
        -v busy="$(awk -v a="$busy_before" -v b="$(busy_ms)" -v t=$((after - before)) 'BEGIN { printf "%.2f", (b - a) / t }')" \
        'BEGIN { print round, work, system_, value, "req/s", latency, (units > 0 ? sprintf("%.2f", cpu * 1000 / units) : "NA"), busy }' \
        >> "$out"
}

say "starting in $work"
start_issuer
make_answers
start_origin
! uses nginx || start_nginx
! uses gateway || start_gateway
for workload in "${workloads[@]}"; do
    for system in "${systems[@]}"; do check "$workload" "$system"; done
done

# A JVM compiles for a while before it shows what it can do.
if uses gateway; then
    say "warming up"
    for workload in "${workloads[@]}"; do
        select_system "$workload" gateway
        run_wrk "$warmup" || fail "the gateway: $(head -c 500 "$work/err")"
    done
fi

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

"$here/summarize" "$out" nginx
