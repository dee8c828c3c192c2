"""Where links of pages lead: the repository's address, without credentials, or nowhere at all."""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import settings
from address import find_address, find_site, outdated, refusal, site_address, without_credentials

from tests.committing import SETTINGS, commit, git

ROOT = Path(__file__).resolve().parents[1]
HERE = "https://github.com/owner/course"


@pytest.mark.parametrize(
    "given",
    [
        HERE,
        HERE + ".git",
        HERE + "/",
        "https://name:secret@github.com/owner/course.git",
        "https://token@github.com/owner/course",
        "git@github.com:owner/course.git",
        "ssh://git@github.com/owner/course.git",
    ],
)
def test_every_form_of_an_address_becomes_one_without_credentials(given):
    assert without_credentials(given) == HERE


@pytest.mark.parametrize(
    "given",
    ["", "/srv/git/course", "https://example.org/owner/course", "https://github.com/owner", "file:///x/y"],
)
def test_anything_else_is_no_address(given):
    assert without_credentials(given) == ""


def test_the_environment_goes_before_the_settings_and_github_after_them(tmp_path):
    other, third = "https://github.com/a/b", "https://github.com/c/d"
    environment = {"BOOK_REPOSITORY_URL": other, "GITHUB_REPOSITORY": "c/d"}
    assert find_address(HERE, tmp_path, environment) == other
    del environment["BOOK_REPOSITORY_URL"]
    assert find_address(HERE, tmp_path, environment) == HERE
    assert find_address("", tmp_path, environment) == third
    assert find_address("", tmp_path, {}) == ""


def test_the_site_lies_where_github_pages_puts_it():
    assert site_address("https://github.com/Owner/Course") == "https://owner.github.io/Course/"
    assert site_address("https://github.com/Owner/owner.github.io") == "https://owner.github.io/"
    assert site_address("") == ""


@pytest.mark.parametrize("given", ["https://gru.example.org", " https://gru.example.org/ "])
def test_a_site_may_have_a_domain_of_its_own(given):
    assert find_site(HERE, {"BOOK_SITE_URL": given}) == "https://gru.example.org/"
    assert find_site(HERE, {"BOOK_SITE_URL": ""}) == "https://owner.github.io/course/"
    assert find_site("", {}) == ""


@pytest.mark.parametrize(
    "given",
    ["gru.example.org", "ftp://x.org/", "https://", "https://x.org/?a", 'https://x.org/"', "https://x org"],
)
def test_what_is_no_address_of_a_site_is_refused(given):
    with pytest.raises(ValueError, match=f"BOOK_SITE_URL is .*{re.escape(given)}.* reads like https://"):
        find_site(HERE, {"BOOK_SITE_URL": given})


def test_a_password_in_the_address_of_a_site_is_refused_and_not_repeated():
    with pytest.raises(ValueError, match="a user name or a password") as caught:
        find_site(HERE, {"BOOK_SITE_URL": "https://me:secret@x.org/"})
    assert "secret" not in str(caught.value)


def test_publishing_with_another_address_is_refused_with_the_command_that_mends_it():
    environment = {"GITHUB_REPOSITORY": "owner/course"}
    assert refusal(HERE, environment) == ""
    for other in ("", "https://github.com/a/b"):
        assert f"make address URL={HERE}" in refusal(other, environment)
    assert "GITHUB_REPOSITORY" in refusal(HERE, {})


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a repository whose address is known, a function that changes a file in it, and git."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)

    def change(name, text):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        return commit(tmp_path, name)

    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    git(tmp_path, "init", "--quiet")
    return tmp_path, change, partial(git, tmp_path)


@pytest.mark.parametrize(
    "remote",
    [
        "https://user:token@github.com/owner/course",
        "https://token@github.com/owner/course.git",
        "git@github.com:owner/course.git",
        "ssh://git@github.com/owner/course.git",
    ],
)
def test_the_address_of_a_clone_comes_from_its_remote_without_credentials(repository, remote):
    root, _, git = repository
    git("remote", "add", "origin", remote)
    assert find_address("", root, {}) == HERE
    # a copy without git that lies somewhere in that clone is another thing
    assert find_address("", root / "tools", {}) == ""


def test_a_clone_that_cannot_tell_what_is_published_says_why(repository):
    root, change, git = repository
    fetched = change("grulab/cell.py", "")
    change("README.md", "words")
    address = settings.Address(HERE, "main", fetched)
    assert outdated(address, root) == ""
    git("clone", "--quiet", "--depth", "1", f"file://{root}", str(root / "shallow"))
    assert outdated(address, root / "shallow").endswith("Run `git fetch --unshallow`.")
    (root / ".git/HEAD").write_text("harmed")
    assert outdated(address, root).startswith("git cannot tell what notebooks fetch: not a git repository")


def test_what_is_published_carries_its_own_address_and_fetches_its_own_package(repository):
    root, change, git = repository
    config = 'repository:\n  url: "{}"\nsphinx:\n  config:\n    clone_ref: "{}"\n'

    def publish(name="owner/course"):
        github = {"GITHUB_REPOSITORY": name, "GITHUB_SERVER_URL": "https://github.com"}
        command = [sys.executable, "tools/address.py"]
        answer = subprocess.run(
            command, cwd=root, env=os.environ | github, capture_output=True, text=True, check=False
        )
        assert answer.returncode == bool(answer.stderr)
        return answer.stderr

    fetched = change("grulab/cell.py", "")
    change("_config.yml", config.format(HERE, fetched))
    assert publish() == ""
    assert "make address URL=https://github.com/fork/course" in publish("fork/course")
    # the text of a page may go on by itself, the package may not
    change("README.md", "words")
    assert publish() == ""
    change("grulab/cell.py", "new = True")
    said = publish()
    assert f"fetch {fetched}, in which grulab/cell.py differ" in said
    assert f"make address URL={HERE}" in said
    change("_config.yml", config.format(HERE, git("rev-parse", "HEAD")))
    assert publish() == ""
    change("_config.yml", config.format(HERE, "0" * 40))
    assert "not in this repository's history" in publish()
    # a commit that only another branch has goes with it
    git("switch", "--quiet", "--create", "aside")
    aside = change("README.md", "words of another branch")
    git("switch", "--quiet", "main")
    change("_config.yml", config.format(HERE, aside))
    assert "not in this repository's history" in publish()
