"""The course's prose as data: which pages, what is left out, nothing twice."""

import re

import pytest

from grulab.data.prose import LETTERS, PAGES, read_prose

PAGE = """\
---
header: yes
---

# A title of *words*

```{admonition} Objectives
- *Keep* what stands in a box. It took 3 steps.

**You need** the [other page](other.md) and the {term}`hidden state <state>`.
```

```{code-cell} ipython3
print("no code")
```

Here `z` is a letter: it stays. A formula $z = 1$ does not. Nor does `a_b` do so. “Quotes” go, dashes – stay.

$$
x = y
$$ (eq-one)

| a table | goes |

<details>
<summary>Answer</summary>

(a) Folded text stays {cite:p}`cho2014learning`.

</details>

The same on each page.
"""


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a page of many parts, and others that repeat its last paragraph."""
    for page in PAGES:
        (tmp_path / f"{page}.md").write_text("# Only here\n\nThe same on each page.\n", encoding="utf-8")
    (tmp_path / f"{PAGES[0]}.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_words_stay_and_code_formulas_tables_and_frames_go(folder):
    assert read_prose(folder)[PAGES[0]] == (
        "a title of words keep what stands in a box. you need the other page and the hidden state. "
        "here z is a letter: it stays. quotes go, dashes - stay. answer a folded text stays . "
        "the same on each page."
    )


def test_a_paragraph_that_stands_on_two_pages_is_there_once(folder):
    found = read_prose(folder)
    assert list(found) == list(PAGES)
    assert found[PAGES[1]] == "only here"
    assert found[PAGES[2]] == ""


def test_a_missing_page_gets_a_sentence(folder):
    (folder / f"{PAGES[3]}.md").unlink()
    with pytest.raises(FileNotFoundError, match=re.escape(f"{PAGES[3]}.md is missing: the course's prose")):
        read_prose(folder)


def test_the_course_s_own_pages_give_enough_text_in_few_letters():
    found = read_prose()
    text = "".join(found.values())
    assert set(text) == set(LETTERS)
    assert len(text) > 60_000
    assert min(len(part) for part in found.values()) > 8_000
    assert not re.search(r"import |print\(|\bnp\b|  ", text)
