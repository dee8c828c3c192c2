// GateLab: what two stages show of one step, the cell as pipes and the last equation.

/** Draw the cell as pipes: the wider a pipe, the more of a number passes its valve. */
function cellDrawing(inputs) {
  const keep = pipe("M72 54 H246", "h");
  const write = pipe("M258 148 V66", "candidate");
  const look = pipe("M40 70 V140 Q40 164 64 164 H210", "h");
  const input = pipe("M76 210 H150 Q196 210 196 184 Q196 176 210 176", "x");
  const out = pipe("M270 54 H284", "h");
  const svg = shape(
    "svg",
    { viewBox: "0 0 350 236", class: "gatelab-cell", role: "img" },
    keep,
    write,
    look,
    input,
    out,
    pill(40, 54, 66, "h"),
    text(40, 30, "old h"),
    slotAt(40, 59, "h", inputs.stateDigits, "h"),
    valve(150, 54, "z", "z"),
    slotAt(150, 27, "z", inputs.digits, "z"),
    valve(258, 54, "+", "h", 12),
    pill(316, 54, 62, "h"),
    text(316, 30, "new h"),
    slotAt(316, 59, "new_h", 3, "h"),
    valve(258, 106, "1−z", "z", 19),
    slot("rest", inputs.digits, { make: shape, x: 284, y: 111, class: "tone-z number start" }),
    shape("rect", { x: 212, y: 150, width: 94, height: 40, rx: 8, class: "pill tone-candidate" }),
    text(259, 167, "candidate", { class: "small" }),
    slotAt(259, 184, "candidate", 3, "candidate"),
    valve(120, 164, "r", "r"),
    slotAt(120, 137, "r", inputs.digits, "r"),
    ...inputs.shapes,
  );
  const draw = (values) => {
    widen(keep, values.z);
    widen(write, 1 - values.z);
    widen(look, values.r);
    widen(input, 0.3);
    widen(out, 1);
    svg.setAttribute(
      "aria-label",
      `The cell. z keeps ${format(values.z, inputs.digits)} of the old h ${format(values.h, 2)}; ` +
        `${format(1 - values.z, inputs.digits)} of the candidate ${format(values.candidate, 3)} is taken. ` +
        `r lets ${format(values.r, inputs.digits)} of the old h through to the candidate. ` +
        `The new h is ${format(values.new_h, 3)}.`,
    );
  };
  return { svg, draw };
}

/** Write the last equation in symbols, then with its numbers. */
const lastEquation = (digits) => [
  equation(
    quantity("new h", "h"), " = ", quantity("z", "z"), " × ", quantity("h", "h"), " + (1 − ", quantity("z", "z"), ") × ",
    quantity("candidate", "candidate"),
  ),
  equation(
    term("= ", slot("z", digits), " × ", slot("h", 3, { bracket: true })),
    term("+ ", slot("rest", digits), " × ", slot("candidate", 3, { bracket: true })),
    term("= ", slot("kept", 3), " + ", slot("taken", 3, { bracket: true })),
    term("= ", slot("new_h", 3, { class: "tone-h result" })),
  ),
];
