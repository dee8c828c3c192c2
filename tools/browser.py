"""See that a Chromium runs for the browser tests; install one where none does.

What is installed comes first, then Playwright's own. A name on the PATH counts only if it starts and shows a
page: on Ubuntu ``chromium-browser`` may be a stub that asks for a snap. The headless shell is the same engine
without windows, as Playwright's own is, and opens a page in half the processor's time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

LOG = Path(__file__).resolve().parents[1] / ".venv" / "chromium.log"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# it asks nobody outside, and greets nobody; no other host than this machine has an address
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# What an interruption left half-configured comes first; another apt-get is waited for. Older releases have no
# package of the shell alone.
DEBIAN = """
export DEBIAN_FRONTEND=noninteractive
dpkg --configure -a && apt-get update -qq || exit
for name in chromium-headless-shell chromium; do
  apt-get install -o DPkg::Lock::Timeout=300 -y -qq --no-install-recommends "$name" fonts-dejavu-core && exit
done
exit 1
"""
HELP = (
    "The browser tests need Chromium, and none that runs was found or could be installed "
    f"(what was tried stands in {LOG}). Install one (Debian: sudo apt install chromium; "
    "others: .venv/bin/python -m playwright install --with-deps chromium) and run make browser again."
)


def executables():
    """Yield what may be a Chromium: programs on the PATH, then ``None``, Playwright's own."""
    yield from filter(None, map(shutil.which, NAMES))
    yield None


def start(playwright):
    """Return the first Chromium that runs, started, or ``None``."""
    # Chromium has no sandbox for root
    sandbox = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    for path in executables():
        try:
            chromium = playwright.chromium.launch(
                executable_path=path, args=[*ARGUMENTS, *sandbox], timeout=30_000
            )
            chromium.new_page().close()
        except Error:
            continue
        return chromium
    return None


def is_there() -> bool:
    """Return whether a Chromium runs."""
    with sync_playwright() as playwright:
        chromium = start(playwright)
        if chromium:
            chromium.close()
        return chromium is not None


def installs():
    """Yield what to say and the command, for each way to install a Chromium here."""
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        yield "installing Debian's chromium …", ["sh", "-c", DEBIAN]
    yield "downloading Playwright's Chromium …", [sys.executable, "-m", "playwright", "install", "chromium"]


def main() -> int:
    """Return 0 once a Chromium runs; else say what to do."""
    if is_there():
        return 0
    LOG.parent.mkdir(exist_ok=True)
    for sentence, command in installs():
        print(sentence, flush=True)
        with LOG.open("a") as log:
            done = subprocess.run(command, stdout=log, stderr=log, check=False)
        if done.returncode == 0 and is_there():
            return 0
    print(HELP, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
