# Puts packages of PyPI into a folder of target/tools, whole or not at all. Read by the scripts that bring test tools,
# in the project's folder; each says what it is called by `say`.

TOOLS=${FORMHAND_TOOLS:-target/tools}

# Ends with advice if nothing can be downloaded. $1: what else can be done, if something can.
need_pip() {
  if command -v python3 >/dev/null 2>&1 && python3 -m pip --version >/dev/null 2>&1; then
    return
  fi
  say "Python's pip is missing, which downloads it. Install python3-pip (apt-get install python3-pip), then run this again."
  if [ -n "${1:-}" ]; then say "$1"; fi
  exit 1
}

# Installs what standard input requires, with the sums that count, into $TOOLS/$1. $2: a file or folder in it that shows
# that it is there. $3: what runs with the new folder before that takes its place. $4: what else can be done when pip fails.
install_from_pypi() {
  local name=$1 sign=$2 check=${3:-true} otherwise=${4:-}
  mkdir -p "$TOOLS"
  # Beside its place and renamed at the end, so that half of it is never taken for the whole.
  new=$(mktemp -d "$TOOLS/$name.new.XXXXXX")
  trap 'rm -rf "$new"' EXIT
  trap 'exit 1' INT TERM HUP
  cat >"$new/requirements.txt"
  PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 python3 -m pip install --quiet --no-deps \
    --only-binary :all: --require-hashes --requirement "$new/requirements.txt" --target "$new/installed" || {
    say "pip could not install $name; its output is above."
    if [ -n "$otherwise" ]; then say "$otherwise"; fi
    exit 1
  }
  "$check" "$new/installed"
  # Whoever was faster has installed the same.
  if [ ! -e "$TOOLS/$name/$sign" ]; then
    rm -rf "${TOOLS:?}/$name"
    mv -T "$new/installed" "$TOOLS/$name"
  fi
  say "done"
}
