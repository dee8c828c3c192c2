"""The watch over a page notices what it is there to notice."""

import pytest

FAULTS = {
    "a missing file": ('<img src="none.png" alt="">', "none.png"),
    "a script from outside": (
        '<script src="https://example.org/x.js"></script>',
        "asked for https://example.org",
    ),
    "a warning": ('<script>console.warn("take care")</script>', "take care"),
    "an error": ('<script>throw Error("no luck")</script>', "no luck"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", ["http", "file"])
def test_a_fault_is_noticed(tmp_path, serve, visit, fault, way):
    body, trace = FAULTS[fault]
    (tmp_path / "page.html").write_text(f'<link rel="icon" href="data:,">{body}', encoding="utf-8")
    home = serve(tmp_path) if way == "http" else f"{tmp_path.as_uri()}/"
    visit(f"{home}page.html", home)
    assert any(trace in problem for problem in visit.problems)
    visit.problems.clear()
