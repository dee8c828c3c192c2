"""The index of error messages: each message is provoked, by the code that stands below its heading."""

import re
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import pytest

from grulab.messages import provoked, shortened

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "book" / "errors.md").read_text()
CELL = re.compile(r"^```\{code-cell\} ipython3\n(?:---\n.*?^---\n)?(.*?)^```$", re.MULTILINE | re.DOTALL)


def entries():
    """Return the text below each heading of the third level, by heading."""
    parts = re.split(r"^#{2,3} ", PAGE, flags=re.MULTILINE)[1:]
    levels = re.findall(r"^(#{2,3}) ", PAGE, flags=re.MULTILINE)
    return {
        part.split("\n", 1)[0]: part.split("\n", 1)[1]
        for level, part in zip(levels, parts, strict=True)
        if level == "###"
    }


def test_the_message_is_printed_without_its_traceback(capsys):
    with provoked("not 3"):
        raise ValueError("\x1b[1mThe size is 2,\nnot 3 as it should.\x1b[0m\n\nArguments received: …")
    assert capsys.readouterr().out == "ValueError: … not 3 as it should. …\n"


def test_the_words_of_an_older_keras_are_as_good(capsys):
    with provoked("not 3", before="no 3"):
        raise ValueError("This is\nno 3.")
    assert capsys.readouterr().out == "ValueError: … no 3.\n"
    with pytest.raises(AssertionError, match="does not say 'not 3'"), provoked("not 3", before="no 3"):
        raise ValueError("This is 4.")


def test_a_warning_counts_as_an_error(capsys):
    with provoked("input_shape"):
        warnings.warn("Do not pass an input_shape.", stacklevel=1)
    assert capsys.readouterr().out == "UserWarning: Do not pass an input_shape.\n"


def test_code_that_does_not_fail_is_an_assertion_error():
    with pytest.raises(AssertionError, match=r"Nothing failed, .*'ndim=3'"), provoked("ndim=3"):
        pass


def test_another_message_is_an_assertion_error():
    with pytest.raises(AssertionError, match=r"does not say 'ndim=3': no memory"), provoked("ndim=3"):
        raise ValueError("no memory")


def test_what_is_no_error_passes():
    with pytest.raises(KeyboardInterrupt), provoked("ndim=3"):
        raise KeyboardInterrupt


def test_a_long_line_is_cut_on_both_sides():
    message = shortened("a" * 500 + "HERE" + "b" * 500, "HERE")
    assert message == "… " + "a" * 180 + "HERE" + "b" * 180 + " …"


def test_each_heading_is_what_its_code_provokes():
    for heading, text in entries().items():
        words = re.findall(r'^with provoked\("(.*?)"(?:, before=".*")?\):$', text, re.MULTILINE)
        assert words == [heading], heading


def test_each_entry_has_a_cause_and_a_cure_that_runs():
    for heading, text in entries().items():
        assert "**Why.**" in text, heading
        assert "**Cure.**" in text, heading
        assert re.search(r"^# the cure", text, re.MULTILINE), heading


def test_the_list_at_the_top_names_each_message_once_and_in_order():
    listed = re.findall(r"^\| \[`(.*?)`\]\(#", PAGE, re.MULTILINE)
    assert listed == list(entries())


def test_each_message_is_provoked_and_each_cure_runs():
    code = "\n".join(CELL.findall(PAGE.split("## Claims, checked")[0]))
    assert code.count("provoked(") == len(entries())
    run = [sys.executable, "-c", code]
    answer = subprocess.run(run, capture_output=True, text=True, cwd=ROOT / "book", timeout=300)
    assert answer.returncode == 0, answer.stderr[-2_000:]
    printed = re.sub(r"\s+", " ", answer.stdout)
    for heading, text in entries().items():
        # in the words of this Keras, or of an older one
        known = [heading, *re.findall(r'before="(.*)"\):$', text, re.MULTILINE)]
        assert any(re.sub(r"\s+", " ", words) in printed for words in known), textwrap.shorten(printed, 2_000)
