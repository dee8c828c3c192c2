"""Where links of pages lead: the repository's address, without credentials, or nowhere at all."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import address
import pytest
from address import find_address, find_site, refusal, site_address, without_credentials

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


@pytest.mark.parametrize(("repository", "status"), [("owner/course", 0), ("fork/course", 1)])
def test_the_command_says_so_by_its_exit_status(tmp_path, repository, status):
    shutil.copytree(Path(address.__file__).parent, tmp_path / "tools")
    (tmp_path / "_config.yml").write_text(f'repository:\n  url: "{HERE}"\n')
    environment = os.environ | {"GITHUB_REPOSITORY": repository, "GITHUB_SERVER_URL": "https://github.com"}
    command = [sys.executable, "tools/address.py"]
    answer = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == status
    assert ("make address" in answer.stderr) == bool(status)
