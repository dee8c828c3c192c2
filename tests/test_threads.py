"""Processes side by side share the machine's threads, and whoever has set a number keeps it."""

import os

import pytest
import threads


@pytest.mark.parametrize(
    ("cores", "processes", "part"), [(2, 2, "1"), (8, 2, "4"), (2, 3, "1"), (None, 2, "1")]
)
def test_each_gets_its_part(monkeypatch, cores, processes, part):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(os, "environ", {threads.NAMES[-1]: "7"})
    threads.share(processes)
    assert [os.environ[name] for name in threads.NAMES] == [part, part, "7"]
