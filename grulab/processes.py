"""Keep processes out of each other's way: one at a time, and none that outlives the one who started it.

A program, too, before the package is installed: ``python grulab/processes.py LOCK SENTENCE COMMAND …``.
"""

import ctypes
import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None


@contextmanager
def alone(path, sentence):
    """Hold a lock inside the ``with`` block; where another process has it, print the sentence and wait.

    The lock is the system's own. It goes with its process, however that ends, so none is ever left behind.
    Raises ``OSError`` where the file of the lock cannot be made.
    """
    with opened(path) as file:
        take(file, sentence)
        yield


def opened(path):
    """Return the file of a lock, open; make it and its folder where they are missing."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")


def take(file, sentence=None):
    """Lock an open file until it is closed; return whether that took a wait.

    Before a wait the sentence is printed; without one ``BlockingIOError`` is raised instead. A disk that
    knows no locks is no reason to stop.
    """
    if fcntl is None:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if sentence is None:
            raise
        print(sentence, file=sys.stderr, flush=True)
        fcntl.flock(file, fcntl.LOCK_EX)
        return True
    except OSError:
        pass
    return False


def end_with_parent():
    """Have the system end this process when the one that started it ends, on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def main(lock, sentence, *command):
    """Become a command that holds a lock until it, and all that it starts, has ended.

    The command finds in its environment, as ``GRULAB_ALONE``, whether it was "waiting" or came "at once".
    """
    try:
        file = opened(lock)
        os.environ["GRULAB_ALONE"] = "waiting" if take(file, sentence) else "at once"
        os.set_inheritable(file.fileno(), True)
        os.execvp(command[0], command)
    except OSError as error:
        remedy = "Make room there, or a right to write, and begin again."
        sys.exit(f"{error.filename}: {error.strerror}. {remedy}")


if __name__ == "__main__":
    main(*sys.argv[1:])
