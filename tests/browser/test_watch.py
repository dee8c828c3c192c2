"""The watch over a page notices what it is there to notice."""

import time

import pytest

FAULTS = {
    "a missing file": ('<img src="none.png" alt="">', "none.png"),
    "a script from outside": (
        '<script src="https://example.org/x.js"></script>',
        "asked for https://example.org",
    ),
    "a warning": ('<script>console.warn("take care")</script>', "take care"),
    "a socket": ('<script>new WebSocket("ws://127.0.0.1:9/")</script>', "opened ws://127.0.0.1:9/"),
    "a socket to where the page is from": (
        '<script>new WebSocket("ws://" + (location.host || "127.0.0.1"))</script>',
        "opened ws://127.0.0.1",
    ),
    "a window": ('<script>open("page.html?2")</script>', "opened "),
    "an error": ('<script>throw Error("no luck")</script>', "no luck"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", ["http", "file"])
def test_a_fault_is_noticed(tmp_path, serve, visit, fault, way):
    body, trace = FAULTS[fault]
    (tmp_path / "page.html").write_text(f'<link rel="icon" href="data:,">{body}', encoding="utf-8")
    home = serve(tmp_path) if way == "http" else f"{tmp_path.as_uri()}/"
    page = visit(f"{home}page.html", home)
    deadline = time.monotonic() + 10  # the browser tells of sockets and windows when it comes to it
    while not any(trace in problem for problem in visit.problems) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert any(trace in problem for problem in visit.problems)
    visit.problems.clear()
