"""What an exercise asks of itself: which of its functions are still to be written."""

import dis
import inspect

from grulab.arguments import named

# instructions that prepare a call and do nothing of their own
_SILENT = {"RESUME", "NOP", "CACHE", "COPY_FREE_VARS", "MAKE_CELL"}


def is_attempted(*functions):
    """Return whether every function given has a body of its own.

    A function whose body is only a docstring and ``...`` is not attempted. So is one that does
    nothing but ``pass`` or ``return None``: an exercise cannot tell these apart, and none is an answer.
    The compiled code decides, so comments, type hints and decorators that wrap with
    ``functools.wraps`` do not matter.

    Raises ``TypeError`` when nothing is given, or something that cannot be called.
    """
    if not functions:
        raise TypeError("is_attempted() was given nothing; give it the functions to look at")
    return all(_has_body(function) for function in functions)


def _has_body(function):
    if not callable(function):
        kind, given = type(function).__name__, named(function)
        given = f"a {kind}" if given.startswith("of type") else f"{given}, of type {kind}"
        raise TypeError(
            f"is_attempted() was given {given}; it takes functions, without calling them: "
            "is_attempted(prepare)"
        )
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None:  # a class or another callable that is not written as a function
        return True
    work = [line for line in dis.get_instructions(code) if line.opname not in _SILENT]
    returns_none = work[0].argval is None and work[0].opname in {"LOAD_CONST", "RETURN_CONST"}
    return not (returns_none and work[-1].opname in {"RETURN_VALUE", "RETURN_CONST"} and len(work) <= 2)
