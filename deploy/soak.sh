#!/usr/bin/env bash
# Stops an index with kill -9 at random moments of changing, merging and committing, and checks each time that it opens
# with a consistent state and that nothing that was committed is lost.
#   deploy/soak.sh [path of newsdesk] [times, 200]
set -euo pipefail
newsdesk=${1:-"$(dirname "$0")/../.build/release/newsdesk"}
times=${2:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
last=0
for ((i = 1; i <= times; i++)); do
    "$newsdesk" eval soak --index "$work/index" >"$work/steps" &
    writer=$!
    sleep "0.$(printf %03d $((20 + RANDOM % 400)))"
    kill -9 "$writer"
    wait "$writer" 2>/dev/null || true
    committed=$(tail -1 "$work/steps")
    last=${committed:-$last}
    reached=$("$newsdesk" eval soak --index "$work/index" --check "$last") ||
        { echo "soak: stop $i of $times, after step $last: the index is not what it should be" >&2; exit 1; }
    last=$reached
done
echo "soak: stopped $times times, $last steps, nothing lost"
