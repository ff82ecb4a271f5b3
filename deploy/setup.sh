# Sourced by the other scripts: puts in place what Newsdesk builds with, and says in one line what it cannot.
# shellcheck shell=bash

say() { printf '%s\n' "newsdesk: $*" >&2; }
stop() { say "$*"; exit 1; }

# Debian packages: libcurl carries prompts to models and fetches feeds, libedit edits lines in the chat, SQLite keeps the
# articles, libxml2 reads feeds and pages, gperftools' allocator is faster at many small pieces than the system's.
packages=(libcurl4-openssl-dev libedit-dev libgoogle-perftools-dev libsqlite3-dev libxml2-dev pkg-config)

missing_packages() {
    local name
    for name in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$name"
    done
}

setup() {
    command -v swift >/dev/null ||
        stop "Swift is not installed: install Swift 6.2 or newer from swift.org/install and run this again"
    command -v dpkg-query >/dev/null || {
        say "not a Debian system: make sure that the headers of libcurl, libedit, gperftools, SQLite and libxml2 are installed"
        return 0
    }
    local missing as_root=()
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "needs $missing: run 'apt-get install $missing' as root, then this again"
        as_root=(sudo)
    fi
    say "installing $missing"
    # shellcheck disable=SC2086
    { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing; } \
        >/dev/null || stop "cannot install $missing: run 'apt-get install $missing' and read what it says"
}

# The compiler must not outgrow a small machine's memory; two jobs build fast enough.
jobs=$(nproc 2>/dev/null || echo 2)
