#!/bin/sh
# Install bubblewrap, the sandbox of the grader, for the tests, and try it.
set -eu
fail() {
    printf '%s\n' "The tests of the grader need bubblewrap (bwrap), $1" >&2
    printf '%s\n' "All other tests: .venv/bin/python -m pytest tests --ignore tests/browser --ignore-glob 'tests/test_attacks*' --ignore tests/test_grade.py --ignore tests/test_remote.py" >&2
    exit 1
}
[ "$(uname -s)" = Linux ] || fail "which only Linux has."
if ! command -v bwrap >/dev/null 2>&1; then
    [ "$(id -u)" = 0 ] || fail "and only root can install it: sudo apt install bubblewrap"
    command -v apt-get >/dev/null 2>&1 || fail "and there is no apt-get to install it with. Use this system's own package manager."
    echo "installing bubblewrap …"
    # what an interruption left half-configured comes first; another apt-get is waited for
    { dpkg --configure -a && apt-get update -qq && apt-get install -o DPkg::Lock::Timeout=300 -qq -y --no-install-recommends bubblewrap; } >/dev/null 2>&1 || fail "and apt-get could not install it. Check the network, or install it by hand."
fi
said=$(bwrap --ro-bind / / --unshare-pid --unshare-net true 2>&1) || fail "and it does not start here: $said. On Ubuntu 24.04: make ubuntu-sandbox. A container needs the right to make namespaces."
