// GateLab, stage "dial": z moves a result between two fixed numbers. A stage returns {nodes, draw, stop}.

/** Draw the two numbers on a line, and the result that z moves between them. */
function numberLine() {
  const at = (value) => 170 + 138 * value;
  const old = shape("g", { class: "tone-h" });
  const fresh = shape("g", { class: "tone-candidate" });
  const way = shape("line", { y1: 66, y2: 66, class: "tone-z way" });
  const result = shape("g", { class: "tone-h" });
  const ticks = [-1, -0.5, 0, 0.5, 1].flatMap((value) => [
    shape("line", { x1: at(value), x2: at(value), y1: 62, y2: 70, class: "axis" }),
    text(at(value), 86, format(value, 1), { class: "small" }),
  ]);
  const svg = shape(
    "svg",
    { viewBox: "0 0 340 128", class: "gatelab-line", role: "img" },
    shape("line", { x1: at(-1), x2: at(1), y1: 66, y2: 66, class: "axis" }),
    ...ticks,
    way,
    fresh,
    old,
    result,
  );
  fresh.append(
    shape("path", { d: "M0 57 L9 66 L0 75 L-9 66 Z", class: "solid" }),
    text(0, 26, "new"),
    slotAt(0, 44, "candidate", 2, "candidate"),
  );
  old.append(
    shape("rect", { x: -8, y: 58, width: 16, height: 16, class: "solid" }),
    text(0, 26, "old"),
    slotAt(0, 44, "h", 2, "h"),
  );
  result.append(
    shape("circle", { cx: 0, cy: 66, r: 10, class: "ring" }),
    shape("line", { x1: 0, x2: 0, y1: 76, y2: 98, class: "tone-h stem" }),
    text(-6, 116, "result", { class: "end" }),
    slot("new_h", 3, { make: shape, x: 0, y: 116, class: "tone-h number start" }),
  );
  const draw = (values) => {
    const { h, candidate, new_h: mix, z } = values;
    for (const [group, value] of [[old, h], [fresh, candidate], [result, mix]]) {
      group.setAttribute("transform", `translate(${place(at(value))} 0)`);
    }
    way.setAttribute("x1", place(at(candidate)));
    way.setAttribute("x2", place(at(mix)));
    svg.setAttribute(
      "aria-label",
      `A number line. The result ${format(mix, 3)} lies ${format(100 * z, 0)} per cent of the way ` +
        `from the new number ${format(candidate, 2)} to the old number ${format(h, 2)}.`,
    );
  };
  return { svg, draw };
}

function dial(model) {
  const z = slider(model, "z", { symbol: "z", text: "how much of the old number is kept", tone: "z" });
  const line = numberLine();
  const table = tableOf("The numbers", [
    ["h", "old", "", 2, "signed", "h"],
    ["candidate", "new", "", 2, "signed", "candidate"],
    ["z", "z", "of the old", 2, "share", "z"],
    ["rest", "1 − z", "of the new", 2, "share", "candidate"],
    ["new_h", "result", "", 3, "signed", "h"],
  ]);
  const nodes = [
    z.row,
    element("p", { class: "gatelab-ends", "aria-hidden": "true" },
      element("span", {}, "0: take the new"), element("span", {}, "1: keep the old")),
    element("div", { class: "grulab-columns" },
      element("div", {}, line.svg,
        equation(
          term("result = ", slot("z", 2), " × ", slot("h", 2, { bracket: true })),
          term("+ ", slot("rest", 2), " × ", slot("candidate", 2, { bracket: true })),
          term("= ", slot("new_h", 3, { class: "tone-h result" })))),
      table),
  ];
  const draw = (root) => {
    const [h, mix, candidate] = ["h", "z", "candidate"].map((each) => model.get(each));
    const values = withParts({ h, z: mix, candidate });
    z.show();
    fill(root, values);
    line.draw(values);
    return `z is ${format(mix, 2)}: the result is ${format(values.new_h, 3)}.`;
  };
  return { nodes, draw };
}
