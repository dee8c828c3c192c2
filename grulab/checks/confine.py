"""What the graded process does to itself before it meets a learner's code: limits, and an ordinary user."""

import os
import resource

MEMORY = 4 * 2**30  # bytes of addresses of one process; TensorFlow on a CPU needs less
FILE = 64 * 2**20  # bytes of one file


class NotConfined(Exception):
    """The process could not give up what it must give up."""


def limit(processes: int):
    """Set the limits of this process and of all that it starts; they cannot be raised again."""
    for name, most in {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_FSIZE": FILE,
        "RLIMIT_NPROC": processes,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CPU": 1200,  # seconds of one process; the deadlines are far shorter
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }.items():
        which = getattr(resource, name, None)
        if which is None:  # no Linux, and so no sandbox either
            continue
        _, highest = resource.getrlimit(which)
        most = most if highest == resource.RLIM_INFINITY else min(most, highest)
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError) as error:
            if name != "RLIMIT_AS" or os.uname().sysname == "Linux":
                raise NotConfined(f"{name} cannot be set to {most}: {error}") from None


def drop(user: int):
    """Become an ordinary user for good; raise ``NotConfined`` when this process could still become root."""
    try:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    except OSError as error:
        raise NotConfined(f"this process cannot become the user {user}: {error}") from None
    try:
        os.setresuid(0, 0, 0)
    except OSError:
        return
    raise NotConfined("this process could become root again")
