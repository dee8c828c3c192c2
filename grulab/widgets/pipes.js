// Drawings of a cell as pipes: the wider a pipe, the more of a number passes.

export const pipe = (d, tone) => shape("path", { d, class: `pipe tone-${tone}` });

/** Draw a circle with a word in it: a gate, or the place where pipes meet. */
export const valve = (x, y, words, tone, r = 17) =>
  shape("g", { class: `tone-${tone}` }, shape("circle", { cx: x, cy: y, r, class: "valve" }), text(x, y + 5, words));

/** Draw the frame of a number. */
export const pill = (x, y, width, tone) =>
  shape("rect", { x: x - width / 2, y: y - 16, width, height: 32, rx: 16, class: `pill tone-${tone}` });

/** Make a pipe as wide as the share that passes; a closed one is dotted. */
export function widen(path, share) {
  path.setAttribute("stroke-width", place(1.5 + 11 * Math.abs(share)));
  path.classList.toggle("closed", Math.abs(share) < 0.005);
}
