"""Copy the checkout as it is now, and publish the copy where a setup cell fetches it from."""

import os
import shutil
import subprocess
from pathlib import Path

import notebooks

from environments.place import ROOT, Failure

URL = "https://github.com/owner/name"


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, without anybody's settings, and return what it prints; raise ``Failure``."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    # a checkout that belongs to somebody else, as in a container, is read all the same
    own = ("-c", "user.name=course", "-c", "user.email=course@example.org", "-c", "safe.directory=*")
    try:
        done = subprocess.run(
            ["git", *own, *words], cwd=folder, env=clean, check=True, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise Failure("This takes git, which was not found.") from None
    except subprocess.CalledProcessError as error:
        raise Failure(f"git {words[0]} failed in {folder}: {error.stderr.strip()}") from None
    return done.stdout


def copy(folder: Path) -> Path:
    """Copy what git has or would take, uncommitted changes included, into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    return folder


def publish(folder: Path) -> dict[str, str]:
    """Make a copy of the checkout a repository whose notebooks carry an address.

    Return the variables by which git finds that address in the folder: the notebooks are the very ones that
    readers open, and the setup cell's clone comes from here.
    """
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "what readers fetch")
    notebooks.set_address(URL, None, folder)
    git(folder, "commit", "--quiet", "--all", "--message", "the address")
    return {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{folder}.insteadOf",
        "GIT_CONFIG_VALUE_0": URL,
    }
