#!/usr/bin/env bash
# Sets up everything that the tests need, builds in debug, and passes all tests.
set -euo pipefail
cd "$(dirname "$0")/.."
source deploy/setup.sh
setup
swift build --build-tests --explicit-target-dependency-import-check error -j "$jobs"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$log"
# A filter or a broken bundle that runs nothing must not look like success.
grep -Eq 'Test run with [1-9][0-9]* tests?' "$log" || stop "no test ran"
