# What ./run and ./test share: find the tools, install what is missing when that is possible, build the web.
# shellcheck shell=sh
# Sourced with the repository's root as the working directory.

RUST_LEAST=1.95
NODE_LEAST=20.19
STAMPS=target/stamps

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "$@"
  exit 1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# Whether version $1 is at least $2, each of numbers with dots.
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]
}

# How to become root without asking anybody, if at all: prints nothing for root, `sudo -n` where that works.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    return 0
  fi
  if has sudo && sudo -n true 2>/dev/null; then
    echo "sudo -n"
    return 0
  fi
  return 1
}

APT_FRESH=no
# Installs Debian packages; fails where there is no apt or no right to use it.
apt_install() {
  has apt-get || return 1
  root=$(as_root) || return 1
  say "Installing $* (apt-get)"
  if [ "$APT_FRESH" = no ]; then
    $root apt-get update -qq >/dev/null 2>&1 || say "apt-get update failed; trying with what is known"
    APT_FRESH=yes
  fi
  # DEBIAN_FRONTEND goes through env, since sudo drops it.
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
  if ! has cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
    PATH="$HOME/.cargo/bin:$PATH"
    export PATH
  fi
  { has cargo && has rustc; } || fail "Rust $RUST_LEAST or newer is needed and not here. Get it from https://rustup.rs:
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh
then open another shell and run this again."
  found=$(rustc --version | cut -d ' ' -f 2)
  at_least "${found%%-*}" "$RUST_LEAST" || fail "Rust $RUST_LEAST or newer is needed, and this is $found. Run: rustup update stable"
}

# The database engine and the cryptography are C, compiled here.
need_compiler() {
  has cc && return 0
  apt_install build-essential || fail "A C compiler is needed and not here. Install one:
    Debian, Ubuntu:  sudo apt-get install build-essential
    Fedora:          sudo dnf install gcc gcc-c++ make
    macOS:           xcode-select --install"
}

has_node() {
  has node && has npm
}

need_node() {
  has_node || fail "Node $NODE_LEAST or newer with npm is needed to build the web applications, and not here.
Get it from https://nodejs.org or your system's packages (Debian, Ubuntu: sudo apt-get install nodejs npm)."
  found=$(node --version)
  at_least "${found#v}" "$NODE_LEAST" || fail "Node $NODE_LEAST or newer is needed, and this is $found. Get it from https://nodejs.org."
}

# Installs the web's packages when their list has changed.
install_web() {
  mkdir -p "$STAMPS"
  wanted=$(cksum <web/package-lock.json)
  if [ -d web/node_modules ] && [ "$(cat "$STAMPS/web-packages" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  say "Installing the web's packages (npm ci)"
  rm -f "$STAMPS/web-packages"
  (cd web && npm ci --ignore-scripts --no-audit --no-fund) && echo "$wanted" >"$STAMPS/web-packages"
}

# The first source that is newer than what was built; nothing when the build is up to date.
newer_web_source() {
  if [ ! -d web/dist ] || [ ! -e "$STAMPS/web-built" ]; then
    echo web
    return 0
  fi
  # Folders too: a file that was removed leaves its folder newer.
  find web \( -name node_modules -o -name dist \) -prune -o ! -path web -newer "$STAMPS/web-built" -print | head -n 1
}

# Builds the web applications when a source is newer.
build_web() {
  [ -n "$(newer_web_source)" ] || return 0
  say "Building the web applications"
  mkdir -p "$STAMPS"
  # Dated before the build, so that a source saved meanwhile counts as newer.
  touch "$STAMPS/web-building"
  (cd web && npm run build) && mv "$STAMPS/web-building" "$STAMPS/web-built"
}
