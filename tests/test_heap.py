"""Giving memory back is a courtesy: it works where it can, and is never an error."""

import numpy as np
import pytest

from grulab import heap


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_c_library_that_keeps_its_memory_is_no_error(monkeypatch, platform):
    asked = []
    monkeypatch.setattr(heap.sys, "platform", platform)
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda name: asked.append(name) or object())
    heap.give_back()
    assert len(asked) == (platform == "linux")


def test_what_is_still_in_use_stays_as_it_is():
    kept = [np.arange(n) for n in range(1_000)]
    heap.give_back()
    assert all(np.array_equal(array, np.arange(n)) for n, array in enumerate(kept))
