"""Write DEPENDENCIES.md: what the project depends on by name, what for, and under which licence.

The use is the comment in requirements*.in, the licence what the installed package says of itself.
"""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "DEPENDENCIES.md"
PARTS = {
    "requirements.in": "What readers need",
    "requirements-dev.in": "What only tests and linting need",
}
# how packages word a licence that do not give its short name (SPDX) yet, and that name
WORDINGS = {
    "Apache": "Apache-2.0",
    "Redistribution and use in source and binary forms": "BSD-3-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Permission is hereby granted, free of charge": "MIT",
    "Python Software Foundation": "PSF-2.0",
}
HEAD = """\
# What the project depends on

`make licences` writes this file. Each package is pinned in `requirements*.txt` by version and hash, and so is
what it needs itself; none of them is part of this repository.
"""
TAIL = """
The built site carries files of some of them: the theme (BSD-3-Clause) with Font Awesome (icons CC BY 4.0,
fonts OFL 1.1, code MIT), MathJax (Apache-2.0) and the scripts of Sphinx (BSD-2-Clause).
"""


def requirements(text: str) -> list[tuple[str, str]]:
    """Return name and use of each requirement in the text of a ``requirements*.in``."""
    lines = re.findall(r"^([\w-]+)[^#\n]*(?:#[ ]*(.*))?$", text, re.MULTILINE)
    return [(name, use.strip()) for name, use in lines if not name.startswith("-")]


def licence(about, file: str = "") -> str:
    """Return the short name of a licence, given a package's metadata and the licence's own text.

    ``""`` where none is recognised.
    """
    if about.get("License-Expression"):
        return about.get("License-Expression")
    said = about.get("License") or ""
    if re.fullmatch(r"[\w.-]+( (AND|OR) [\w.-]+)*", said):
        return said
    name = said if "\n" not in said else ""
    kinds = " ".join(kind for kind in about.get_all("Classifier") or () if kind.startswith("License ::"))
    # a whole text comes last: it may hold the licences of parts
    for words in (name, kinds, said, file):
        for wording, short in WORDINGS.items():
            if wording in words:
                return short
    return ""


def table(name: str) -> str:
    """Return the rows for one ``requirements*.in``."""
    rows = ["| package | what for | licence |", "|---|---|---|"]
    for package, use in requirements((ROOT / name).read_text(encoding="utf-8")):
        try:
            about = distribution(package)
            names = about.metadata.get_all("License-File") or [""]
            file = about.read_text(f"licenses/{names[0]}") or ""
            terms = licence(about.metadata, file)
        except PackageNotFoundError:
            raise SystemExit(f"{package} of {name} is not installed. Run: make pins licences") from None
        if not terms or not use:
            lacks = "no known licence" if not terms else f"no comment in {name} that says what for"
            raise SystemExit(
                f"{package} has {lacks}: look it up, and write it there or in tools/licences.py."
            )
        rows.append(f"| `{package}` | {use} | {terms} |")
    return "\n".join(rows)


def page() -> str:
    """Return the text of DEPENDENCIES.md."""
    parts = [f"## {title}\n\n{table(name)}\n" for name, title in PARTS.items()]
    return "\n".join([HEAD, *parts]) + TAIL


if __name__ == "__main__":
    TABLE.write_text(page(), encoding="utf-8")
    print(f"{TABLE.name} is written.")
