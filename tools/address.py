"""Find the address of the repository that pages and notebooks link to.

Run as a program, it refuses to publish notebooks that carry another repository's address.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import settings

ROOT = Path(__file__).resolve().parents[1]


def without_credentials(url: str) -> str:
    """Return ``https://github.com/owner/name`` for any form of a GitHub address, or ``""`` for anything else.

    User names, passwords and tokens never reach a page; ``git@github.com:owner/name.git`` is understood.
    """
    url = re.sub(r"^(ssh://)?git@([^:/]+)[:/]", r"https://\2/", url.strip())
    parts = urlsplit(url)
    path = parts.path.strip("/").removesuffix(".git")
    if parts.hostname != "github.com" or not re.fullmatch(r"[\w.-]+/[\w.-]+", path):
        return ""
    return f"https://github.com/{path}"


def from_git(root) -> str:
    """Return the address of the git remote ``origin``, or ``""``."""
    command = ["git", "-C", str(root), "remote", "get-url", "origin"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return answer.stdout.strip()


def find_address(configured: str, root, environment=os.environ) -> str:
    """Return the repository's address, or ``""`` when there is none.

    In this order: ``BOOK_REPOSITORY_URL``, ``repository.url`` of ``_config.yml``, GitHub's own variables,
    the git remote ``origin``.
    """
    github = ""
    if environment.get("GITHUB_REPOSITORY"):
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        github = f"{server}/{environment['GITHUB_REPOSITORY']}"
    for candidate in (environment.get("BOOK_REPOSITORY_URL", ""), configured, github, from_git(root)):
        if address := without_credentials(candidate or ""):
            return address
    return ""


def site_address(repository: str) -> str:
    """Return where GitHub Pages publishes the site of a repository, with a slash at its end, or ``""``."""
    if not repository:
        return ""
    owner, name = urlsplit(repository).path.strip("/").split("/")
    return f"https://{owner.lower()}.github.io/{name}/"


def configured_address() -> str:
    """Return ``repository.url`` of ``_config.yml``, the address that the committed notebooks carry."""
    return settings.from_config((ROOT / settings.CONFIG).read_text(encoding="utf-8")).url


def refusal(configured: str, environment=os.environ) -> str:
    """Return why the notebooks must not be published from the repository this runs in, or ``""``."""
    here = environment.get("GITHUB_REPOSITORY", "")
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    if here and without_credentials(configured).lower() == f"{server}/{here}".lower():
        return ""
    if not here:
        return (
            "This is no GitHub workflow: GITHUB_REPOSITORY is not set, so there is nothing to compare with."
        )
    return (
        f"The notebooks carry the address {configured or '(none)'}, but this is {server}/{here}. "
        f"Run `make address URL={server}/{here}`, commit the notebooks and push."
    )


if __name__ == "__main__":
    sys.exit(refusal(configured_address()) or 0)
