#!/bin/sh
# See that a Chromium is there for the browser tests: one that is installed, or Debian's (as root), or Playwright's own.
set -eu
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if .venv/bin/python - <<'CHECK'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
CHECK
then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Debian's chromium …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >.venv/chromium.log 2>&1 && exit 0
  tail -n 5 .venv/chromium.log >&2
fi
echo "downloading Playwright's Chromium …"
.venv/bin/python -m playwright install chromium >>.venv/chromium.log 2>&1 && exit 0
tail -n 5 .venv/chromium.log >&2
echo "The browser tests need Chromium. Install it (Debian: sudo apt install chromium; others: .venv/bin/python -m playwright install --with-deps chromium) and run make browser again." >&2
exit 1
