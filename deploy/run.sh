#!/usr/bin/env bash
# Builds Newsdesk, reads the sample archive in, and starts it.
#
#   bash deploy/run.sh                 the server, on http://127.0.0.1:8080
#   bash deploy/run.sh chat            the terminal chat
#   bash deploy/run.sh install PREFIX  the program, its templates and a sample configuration under PREFIX
set -euo pipefail
cd "$(dirname "$0")/.."
source deploy/setup.sh

build() {
    setup
    say "building (a first build takes some minutes)"
    # With Swift's library in it, the program is a twentieth faster and runs without a toolchain; the toolchain's own
    # linker is done in seconds, where the system's takes most of a minute.
    swift build -c release --static-swift-stdlib -Xswiftc -use-ld=lld --product newsdesk -j "$jobs" >&2
    program=$(swift build -c release --show-bin-path)/newsdesk
}

# A sample archive of its own, so that trying Newsdesk leaves a real one alone.
sample() {
    export NEWSDESK_DATA_DIR="${NEWSDESK_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/newsdesk-sample}"
    "$program" ingest seeds >&2
}

case "${1:-serve}" in
serve)
    build
    sample
    address=http://${NEWSDESK_SERVER_HOST:-127.0.0.1}:${NEWSDESK_SERVER_PORT:-8080}
    cat >&2 <<END

Newsdesk answers on $address (a page for people, /v1/ask for programs). Try:
  curl -s $address/v1/ask -d '{"question":"Which countries does ChatGPT on Google Cloud cover?"}'
Stop it with Ctrl-C.

END
    exec "$program" serve
    ;;
chat)
    build
    sample
    exec "$program" chat
    ;;
install)
    prefix=${2:-}
    [ -n "$prefix" ] || stop "say where to: bash deploy/run.sh install PREFIX"
    build
    install -d "$prefix/bin" "$prefix/share/newsdesk" "$prefix/etc"
    install -m 755 "$program" "$prefix/bin/newsdesk"
    rm -rf "$prefix/share/newsdesk/prompts"
    cp -R prompts "$prefix/share/newsdesk/prompts"
    install -m 644 deploy/newsdesk.sample.yaml "$prefix/etc/newsdesk.sample.yaml"
    say "installed $prefix/bin/newsdesk; copy $prefix/etc/newsdesk.sample.yaml to $prefix/etc/newsdesk.yaml to change a setting"
    ;;
*)
    stop "unknown word '$1': use no word, 'chat' or 'install PREFIX'"
    ;;
esac
