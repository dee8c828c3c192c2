"""Hand memory back to the system that Python has freed and the C library still holds.

A page that loads reviews and trains several models otherwise carries some hundred megabytes of holes.
"""

import contextlib
import ctypes
import sys


def give_back():
    """Ask GNU's C library to return what was freed; do nothing where there is another one."""
    if sys.platform == "linux":
        # another C library has no such function
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
