"""Find the address of the repository that pages and notebooks link to.

Run as a program, it refuses to publish where `_config.yml` has another repository's address, or has notebooks
fetch another package than the one the site is built with.
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
    try:
        # a copy that lies in another repository has not that one's address
        return settings.git(root, "remote", "get-url", "origin") if settings.is_top(root) else ""
    except subprocess.CalledProcessError:  # a repository without that remote
        return ""


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
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def find_site(repository: str, environment=os.environ) -> str:
    """Return where the site of a repository is published, with a slash at its end, or ``""`` if unknown.

    ``BOOK_SITE_URL`` names it, for a domain of its own; else it lies where GitHub Pages puts it. A ValueError
    says what is wrong with that name.
    """
    given = environment.get("BOOK_SITE_URL", "").strip()
    if not given:
        return site_address(repository)
    parts = urlsplit(given)
    bare = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
    if not bare or "@" in parts.netloc or re.search(r"[\s\"<>\\]", given):
        # what is wrong may be a password: it is not repeated
        shown = "holds a user name or a password" if "@" in parts.netloc else f"is {given!r}"
        raise ValueError(
            f"BOOK_SITE_URL {shown}, but a site's address reads like https://example.org/course/"
        )
    return given.rstrip("/") + "/"


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


def outdated(address: settings.Address, root) -> str:
    """Return why notebooks would run with another package than the site shows, or ``""``."""
    mend = f"Run `make address URL={address.url}`, commit the notebooks and push."
    try:
        if settings.git(root, "rev-parse", "--is-shallow-repository") == "true":
            return "This clone is shallow: it cannot tell what notebooks fetch. Run `git fetch --unshallow`."
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        return f"git cannot tell what notebooks fetch: {settings.said_by(error)}."
    try:
        # what lies on another branch alone is gone with it
        settings.git(root, "merge-base", "--is-ancestor", address.ref, "HEAD")
        differing = settings.differing(root, address.ref)
    except subprocess.CalledProcessError:
        return f"The notebooks fetch {address.ref}, which is not in this repository's history. {mend}"
    if not differing:
        return ""
    more = f" and {len(differing) - 1} more files" if len(differing) > 1 else ""
    return (
        f"The notebooks fetch {address.ref}, in which {differing[0]}{more} differ from what is here. {mend}"
    )


def main() -> str:
    """Return why the notebooks must not be published, or ``""``."""
    address = settings.from_config((ROOT / settings.CONFIG).read_text(encoding="utf-8"))
    return refusal(address.url) or outdated(address, ROOT)


if __name__ == "__main__":
    sys.exit(main() or 0)
