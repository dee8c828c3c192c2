"""What pages say of themselves where they are shared: each its own, none too short or too long."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from sphinx.errors import ExtensionError

from book import pages_of_toc

ROOT = Path(__file__).resolve().parents[1]
DESCRIPTIONS = yaml.safe_load((ROOT / "book/descriptions.yml").read_text(encoding="utf-8"))
MADE_BY_SPHINX = {"search", "genindex", "404"}


def test_every_page_has_a_description_and_nothing_else_has():
    assert set(DESCRIPTIONS) == set(pages_of_toc()) | MADE_BY_SPHINX


@pytest.mark.parametrize("page", DESCRIPTIONS)
def test_a_description_fits_where_it_is_shown_and_is_made_of_sentences(page):
    text = DESCRIPTIONS[page]
    assert 50 <= len(text) <= 160
    assert text[0].isupper()
    assert text.endswith(".")
    assert not set("<>*`$[]\n") & set(text)


def test_no_two_pages_say_the_same():
    assert len(set(DESCRIPTIONS.values())) == len(DESCRIPTIONS)


def test_a_page_without_a_description_stops_the_build_with_a_sentence(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book/_ext"))
    from sharing import description_of

    app = SimpleNamespace(config=SimpleNamespace(descriptions={"book/a": "text"}))
    assert description_of(app, "book/a") == "text"
    with pytest.raises(ExtensionError, match=r"does not say what book/b is about\. Add a line of 50 to 160"):
        description_of(app, "book/b")
