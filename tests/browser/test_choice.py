"""Which Chromium is taken: the first that runs, and a sentence where none does."""

import os
import shutil
import subprocess
import sys

import browser as tool
from conftest import ROOT


def look(**environment):
    """Run the tool that `make browser` runs, as a process of its own."""
    command = [sys.executable, ROOT / "tools/browser.py"]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_a_name_on_the_path_that_does_not_run_is_passed_over(tmp_path):
    log = tmp_path / "log"
    scripts = {"chromium": f"echo asked >>'{log}'; echo 'install the snap' >&2; exit 1"}
    if installed := next(filter(None, map(shutil.which, tool.NAMES)), None):
        scripts["google-chrome"] = f"PATH='{os.environ['PATH']}' exec '{installed}' \"$@\""
    for name, script in scripts.items():
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    done = look(PATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert log.exists()


def test_where_none_runs_and_none_comes_the_sentence_says_how_to_get_one(tmp_path):
    done = look(
        PATH=str(tmp_path),
        PLAYWRIGHT_BROWSERS_PATH=str(tmp_path / "none"),
        PLAYWRIGHT_DOWNLOAD_HOST="http://127.0.0.1:9",
    )
    assert done.returncode == 1
    assert done.stdout == "downloading Playwright's Chromium …\n"
    assert len(done.stderr.splitlines()) == 1
    assert "playwright install --with-deps chromium" in done.stderr
