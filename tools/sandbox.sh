#!/bin/sh
# Install bubblewrap, the sandbox of the grader, for the tests. Nothing to do where it is already.
set -eu
command -v bwrap >/dev/null 2>&1 && exit 0
fail() { printf '%s\n' "The tests of the grader need bubblewrap (bwrap), $1" >&2; exit 1; }
[ "$(uname -s)" = Linux ] || fail "which only Linux has. Run the other tests: .venv/bin/python -m pytest tests --ignore tests/test_attacks.py --ignore tests/test_grade.py --ignore tests/browser"
[ "$(id -u)" = 0 ] || fail "and only root can install it: sudo apt install bubblewrap"
command -v apt-get >/dev/null 2>&1 || fail "and there is no apt-get to install it with. Use this system's own package manager."
echo "installing bubblewrap …"
{ apt-get update -qq && apt-get install -qq -y --no-install-recommends bubblewrap; } >/dev/null 2>&1 || fail "and apt-get could not install it. Check the network, or install it by hand."
