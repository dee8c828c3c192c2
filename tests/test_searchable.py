"""Pages that are written again leave the glossary's terms in the search."""

import json
import subprocess
import sys
from pathlib import Path

EXTENSIONS = Path(__file__).resolve().parents[1] / "book/_ext"
CONF = f"import sys\nsys.path.append({str(EXTENSIONS)!r})\nextensions = ['searchable']\n"
PAGES = {
    "index": "Index\n=====\n\n.. toctree::\n\n   one\n   terms\n",
    "one": "One\n===\n\nA first text.\n",
    "terms": "Terms\n=====\n\n.. glossary::\n\n   gate\n      What opens.\n",
}


def terms(folder):
    """Build the site and return the entries of the index that its search knows."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", str(folder), str(folder / "site")]
    subprocess.run(command, check=True)
    text = (folder / "site/searchindex.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))["indexentries"]


def test_terms_stay_in_the_search_when_another_page_changes(tmp_path):
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in PAGES.items():
        (tmp_path / f"{name}.rst").write_text(text, encoding="utf-8")
    first = terms(tmp_path)
    assert list(first) == ["gate"]
    (tmp_path / "one.rst").write_text(PAGES["one"] + "\nAnd a second one.\n", encoding="utf-8")
    assert terms(tmp_path) == first
    (tmp_path / "one.rst").unlink()
    (tmp_path / "index.rst").write_text(PAGES["index"].replace("   one\n", ""), encoding="utf-8")
    assert list(terms(tmp_path)) == ["gate"]
