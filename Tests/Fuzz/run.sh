#!/usr/bin/env bash
# Lets libFuzzer look for bytes from which a parser or a reader of the index crashes.
#
#   Tests/Fuzz/run.sh [--seconds 20] [--build FOLDER] [target…]
#
# Builds once, then gives each target its seconds, as many at a time as there are processors. What was found before is
# kept in FOLDER/corpus and taken up again. A find ends the run with 1 and stands in FOLDER/finds; run it again with
#   FUZZ_TARGET=<target> FOLDER/fuzz <file>
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
seconds=20
build=$here/.build
targets=()
while (($#)); do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        --build) build=$2; shift 2 ;;
        *) targets+=("$1"); shift ;;
    esac
done
((${#targets[@]})) || targets=(feed opml page post lines telegram slack wordpress segment vectors manifest)

swift build -c release --package-path "$here" --scratch-path "$build" --product Targets -j "$(nproc)" --quiet
swiftc -sanitize=fuzzer,address -use-ld=lld "$build/release/libTargets.a" -lxml2 -o "$build/fuzz"

# Fixtures are seeds, and so is what the program writes itself.
seeds=$build/seeds fixtures=$here/../IngestTests/Fixtures
rm -rf "$seeds"
mkdir -p "$seeds"
cp -r "$here/corpus/." "$seeds"
FUZZ_SEEDS=$seeds "$build/fuzz"
for pair in feed:feeds page:pages post:posts lines:lines wordpress:feeds; do
    mkdir -p "$seeds/${pair%:*}"
    find "$fixtures/${pair#*:}" -type f ! -name '*.golden' -exec cp {} "$seeds/${pair%:*}" \;
done

fuzz() {
    local target=$1 options=(-max_total_time="$seconds" -timeout=60 -rss_limit_mb=1500 -max_len=20000 -print_final_stats=1)
    case $target in
        feed | opml | page | wordpress) options+=(-dict="$here/dictionaries/markup.dict") ;;
        lines | telegram | slack) options+=(-dict="$here/dictionaries/json.dict") ;;
        post) options+=(-dict="$here/dictionaries/post.dict") ;;
    esac
    mkdir -p "$build/corpus/$target" "$build/finds/$target"
    # Swift's own account of a crash takes minutes here; the sanitizer's is enough.
    if FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no "$build/fuzz" "${options[@]}" \
        -artifact_prefix="$build/finds/$target/" "$build/corpus/$target" "$seeds/$target" >"$build/$target.log" 2>&1
    then
        printf '%-10s %9s inputs, %s a second\n' "$target" \
            "$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")" \
            "$(sed -n 's/^stat::average_exec_per_sec: *//p' "$build/$target.log")"
    else
        echo "$target: a find; the end of $build/$target.log:"
        tail -n 40 "$build/$target.log"
        return 1
    fi
}
export -f fuzz
export here build seeds seconds
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} bash -c 'fuzz {}'
