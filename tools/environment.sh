#!/bin/sh
# Make .venv and install one file of pins into it. Everything is checked before anything is downloaded.
# usage: tools/environment.sh requirements.txt        (PYTHON=… names an interpreter)
set -eu
pins=$1
need_gb=6

fail() { printf '%s\n' "$1" >&2; exit 1; }

# A candidate counts only if it runs: a name on the PATH may be a stub that stands for no interpreter.
suits() {
  "$1" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13) and sys.maxsize > 2**32))' >/dev/null 2>&1
}

find_python() {
  if [ -n "${PYTHON:-}" ]; then
    suits "$PYTHON" && { echo "$PYTHON"; return; }
    found=$("$PYTHON" --version 2>&1 | head -n 1) || found="no interpreter"
    fail "PYTHON=$PYTHON is $found. TensorFlow needs a 64-bit Python 3.11, 3.12 or 3.13: name one with make PYTHON=/path/to/python3.13"
  fi
  for name in python3.13 python3.12 python3.11 python3; do
    suits "$name" && { echo "$name"; return; }
  done
  found=$(python3 --version 2>&1 | head -n 1) || found="none"
  fail "No Python 3.11, 3.12 or 3.13 (64 bit) was found (python3 here: $found). TensorFlow has wheels for these only. Install one, for example with your package manager, or name it: make PYTHON=/path/to/python3.13"
}

# A virtual environment cannot be moved, does not outlive its Python, and is none before .venv/.place is there.
if ! suits .venv/bin/python || [ "$(cat .venv/.place 2>/dev/null)" != "$(pwd -P)" ]; then
  python=$(find_python)
  "$python" -c 'import venv, ensurepip' 2>/dev/null || fail "$python lacks the module venv. On Debian and Ubuntu: sudo apt install python3-venv"
  "$python" -c 'import platform, sys; sys.exit(sys.platform == "darwin" and platform.machine() == "x86_64")' || fail "TensorFlow has no wheel for Macs with an Intel processor. Read the course on its site, or open its notebooks in Colab or Binder."
  free_kb=$(df -Pk . | awk 'NR == 2 {print $4}')
  case $free_kb in '' | *[!0-9]*) free_kb=$((need_gb * 1000000)) ;; esac  # a disk that does not tell
  [ "$free_kb" -ge $((need_gb * 1000000)) ] || fail "The packages need about $need_gb GB of disk; $((free_kb / 1000000)) GB are free here. Make room, or move the checkout."
  echo "virtual environment: .venv ($("$python" --version))"
  rm -rf .venv
  "$python" -m venv .venv || fail "$python could not make a virtual environment in $PWD/.venv."
  pwd -P >.venv/.place
fi

start=$(date +%s)
size=
[ "$pins" = requirements.txt ] && size=" (the first time downloads about 1 GB)"
echo "installing $pins$size …"
log=.venv/install.log
if ! .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$pins" >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  fail "Installing $pins failed; the whole log is $log. Check the network and run the command again: what is there is kept. If it fails once more, remove .venv and begin anew."
fi
# pip refuses "-e ." beside hashes, so the package itself comes afterwards; its build backend is among the pins.
.venv/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e . >>"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "Installing grulab failed; the whole log is $log."; }
echo "installed $pins in $(($(date +%s) - start)) s"
