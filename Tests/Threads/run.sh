#!/usr/bin/env bash
# Runs the tests of Transport and LLM under ThreadSanitizer, on a copy of their sources in FOLDER:
#   Tests/Threads/run.sh [FOLDER]
# Ends with 1 where it finds a race. Takes about five minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:-.build/threads}
mkdir -p "$folder/Sources" "$folder/Tests"
for part in Sources/{CCurl,CurlShim,Transport,LLM} Tests/{Support,TransportTests,LLMTests}; do
    rm -rf "${folder:?}/$part"
    cp -rp "$part" "$folder/$part"
done
for part in Sources/{Transport,LLM} Tests/{Support,TransportTests,LLMTests}; do
    cp -p Tests/Threads/Known.swift "$folder/$part/"
done
cp -p Tests/Threads/Package.swift "$folder/"
cd "$folder"
swift build --build-tests --sanitize=thread
TSAN_OPTIONS="exitcode=66 ${TSAN_OPTIONS:-}" swift test --skip-build --sanitize=thread --disable-xctest
