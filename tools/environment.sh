#!/bin/sh
# Make .venv and install one file of pins into it. Everything is checked before anything is downloaded.
# usage: tools/environment.sh requirements.txt        (PYTHON=… names an interpreter)
set -eu
pins=$1

fail() { printf '%s\n' "$1" >&2; exit 1; }

# Ask an interpreter whether the course can be installed with it here; why not, is in $said. Only an answer counts: a
# name on the PATH may be a stub that stands for no interpreter.
suits() {
  said=$("$1" tools/machine.py 2>/dev/null) && status=0 || status=$?
  case "$status $said" in "0 Python "*" suits") return 0 ;; "1 "*) ;; *) said= ;; esac
  return 1
}

find_python() {
  if [ -n "${PYTHON:-}" ]; then
    suits "$PYTHON" && { echo "$PYTHON"; return; }
    fail "PYTHON=$PYTHON: ${said:-this runs no Python 3.11, 3.12 or 3.13. Name one: make PYTHON=/path/to/python3.13}"
  fi
  why=
  for name in python3.13 python3.12 python3.11 python3; do
    suits "$name" && { echo "$name"; return; }
    why=${why:-$said}
  done
  fail "${why:-No Python 3.11, 3.12 or 3.13 (64 bit) was found. Install one, for example with your package manager, or name it: make PYTHON=/path/to/python3.13}"
}

# Two at once would install into one folder: a lock is held for as long as this script and what it starts run.
if [ -z "${GRULAB_ALONE:-}" ]; then
  if .venv/bin/python -c '' 2>/dev/null; then python=.venv/bin/python; else python=$(find_python); fi
  exec "$python" grulab/processes.py _build/environment.lock \
    "Another process makes the environment in this folder; waiting until it has ended." sh "$0" "$@"
fi
alone=$GRULAB_ALONE
unset GRULAB_ALONE
# what another process has made meanwhile is used, perhaps by now: it is left as it is
if [ "$alone" = waiting ] && [ -e ".venv/.made-of-$pins" ] && cat "$pins" pyproject.toml | cmp -s - ".venv/.made-of-$pins"; then
  exit 0
fi

# A virtual environment cannot be moved, does not outlive its Python, and is none before .venv/.place is there.
# Where .venv/.unpacking was left, an interruption may have cut a package in two, which pip would take for whole.
if ! .venv/bin/python -c '' 2>/dev/null || [ "$(cat .venv/.place 2>/dev/null)" != "$(pwd -P)" ] || [ -e .venv/.unpacking ]; then
  python=$(find_python)
  echo "virtual environment: .venv ($("$python" --version))"
  rm -f .venv/.place
  rm -rf .venv
  "$python" -m venv .venv || fail "$python could not make a virtual environment in $PWD/.venv."
  pwd -P >.venv/.place
fi

# later installations need room, too: for what is renewed
room=
[ -e .venv/.made-of-requirements.txt ] && room=3
said=$(.venv/bin/python tools/machine.py $room) || fail "$said"

start=$(date +%s)
size=
[ "$pins" = requirements.txt ] && size=" (the first time downloads about 1 GB)"
echo "installing $pins$size …"
log=.venv/install.log
# what pip unpacks on its way lies on the disk that was measured, and not on a small /tmp
TMPDIR=$PWD/.venv/tmp
export TMPDIR
# nor does a shell's word for other installations lead these elsewhere
unset PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONOPTIMIZE PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIRE_HASHES PIP_NO_DEPS PIP_DRY_RUN PIP_CONSTRAINT
export PIP_USER=0
# below, pip's own words tell how far it came
export PIP_QUIET=0
mkdir -p "$TMPDIR"
touch .venv/.unpacking
if ! .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$pins" >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  # what failed before it unpacked anything, for want of a network most often, has harmed nothing
  grep -q '^Installing collected packages' "$log" || rm -f .venv/.unpacking
  fail "Installing $pins failed; the whole log is $log. Check the network and run the command again: what was downloaded is kept. If it fails once more, remove .venv and begin anew."
fi
# pip refuses "-e ." beside hashes, so the package itself comes afterwards; its build backend is among the pins.
.venv/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e . >>"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "Installing grulab failed; the whole log is $log."; }
rm -rf "$TMPDIR"
# another TensorFlow may not read what this one has compiled
rm -rf _build/xla
cat "$pins" pyproject.toml >".venv/.made-of-$pins"
rm -f .venv/.unpacking
echo "installed $pins in $(($(date +%s) - start)) s"
