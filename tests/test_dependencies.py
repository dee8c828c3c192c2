"""What the project depends on: each package has a use and a licence that DEPENDENCIES.md gives."""

import re
from email.message import Message
from pathlib import Path

import licences
import pytest
from test_project import IMPORT_NAMES, imported

ROOT = Path(__file__).resolve().parents[1]
# packages that nothing imports: the file that calls them, and by which words
CALLED = {
    "jupyterlab": ("Makefile", "-m jupyter lab"),
    "sphinx-mathjax-offline": ("_config.yml", "- sphinx-mathjax-offline"),
    "setuptools": ("pyproject.toml", 'build-backend = "setuptools.build_meta"'),
    "pytest-xdist": ("Makefile", "--dist loadfile"),
    "ruff": ("Makefile", "-m ruff check"),
    "codespell": ("Makefile", "-m codespell_lib"),
    "zizmor": ("Makefile", ".venv/bin/zizmor"),
    "check-jsonschema": ("Makefile", ".venv/bin/check-jsonschema"),
    "uv": ("Makefile", ":= uv pip compile"),
}


def listed():
    """Return the names that requirements*.in list."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in licences.PARTS]
    return [name for text in texts for name, _ in licences.requirements(text)]


def in_pages():
    """Return the modules that the pages' code imports."""
    paths = [path for folder in ("book", "solutions") for path in (ROOT / folder).glob("*.md")]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return {name for text in texts for name in re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE)}


def test_each_package_is_imported_or_called():
    used = imported("grulab", "tools", "tests", "benchmarks", "book/_ext") | in_pages()
    names = {name: IMPORT_NAMES.get(name, name.replace("-", "_")) for name in listed()}
    assert {name for name, module in names.items() if module not in used} == set(CALLED)
    for file, words in CALLED.values():
        assert words in (ROOT / file).read_text(encoding="utf-8")


def test_the_table_of_licences_is_fresh():
    assert licences.TABLE.read_text(encoding="utf-8") == licences.page(), "Run: make licences"


def test_a_package_without_use_or_licence_stops_the_table(tmp_path, monkeypatch):
    monkeypatch.setattr(licences, "ROOT", tmp_path)
    for line, sentence in (
        ("pytest", "pytest has no comment in requirements.in"),
        ("no-such-package  # none", "no-such-package of requirements.in is not installed"),
    ):
        (tmp_path / "requirements.in").write_text(f"{line}\n")
        with pytest.raises(SystemExit, match=sentence):
            licences.table("requirements.in")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ([("License-Expression", "MIT OR Apache-2.0"), ("License", "other")], "MIT OR Apache-2.0"),
        ([("License", "MPL-2.0 AND MIT")], "MPL-2.0 AND MIT"),
        ([("License", "Apache License 2.0"), ("Classifier", "License :: MIT License")], "Apache-2.0"),
        ([("Classifier", "License :: OSI Approved :: BSD License")], "BSD-3-Clause"),
        # a text with the licence of a part in it, beside what the package itself says
        ([("License", "Terms\nMIT License"), ("Classifier", "License :: BSD License")], "BSD-3-Clause"),
        ([("License", "Copyright\nPermission is hereby granted, free of charge, to")], "MIT"),
        ([("License", "All rights reserved.")], ""),
        ([("Classifier", "Topic :: MIT License")], ""),
    ],
)
def test_a_licence_is_read_as_packages_give_it(fields, name):
    about = Message()
    for field, text in fields:
        about[field] = text
    assert licences.licence(about) == name
    # the text of the licence counts where the package says nothing itself
    assert licences.licence(about, "MIT License\n") == (name or "MIT")
