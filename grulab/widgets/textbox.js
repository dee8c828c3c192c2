// A box for a text of the reader's own, which stays on the page.

/**
 * Make the box below its `label`. It shows the model's chosen preset or, where `preset` is `own`, what was typed: that is
 * kept here alone, in no trait and no link. `typed(text, before)` gets what stands in the box, and what stands before the
 * caret; a text of more than `longest` characters is refused with a sentence.
 *
 * `now()` returns what is to be read. `show()` writes it into the box, but not over what was refused; `clear()` takes the
 * sentence back. `forget()` puts the model's `text` in the place of what was typed; `python()` is that as an argument.
 */
export function textBox(model, { label, hint, typed }) {
  const [presets, longest] = ["presets", "longest"].map((name) => model.get(name));
  const own = presets.length;
  let mine = model.get("text");
  const area = element("textarea", {
    class: "grulab-text", rows: 3, dir: "auto", spellcheck: "false", autocomplete: "off", placeholder: hint,
  });
  const complaint = element("p", { class: "grulab-complaint", role: "status" });
  area.addEventListener("input", () => {
    const { value } = area;
    const { length } = Array.from(value); // whole characters, as Python counts them
    const isTooLong = length > longest;
    complaint.textContent = isTooLong
      ? `This text has ${length} characters, and the box reads ${longest} at most. It was not read: shorten it.`
      : "";
    if (isTooLong) return;
    mine = value;
    typed(value, value.slice(0, area.selectionStart));
  });
  const now = () => (model.get("preset") < own ? presets[model.get("preset")][1] : mine);
  const show = () => {
    if (complaint.textContent || area.value === now()) return;
    area.value = now();
  };
  const clear = () => (complaint.textContent = "");
  const row = element("label", { class: "grulab-box" },
    element("b", {}, label), " – change it, or type your own. It stays on this page.", area);
  const forget = () => (mine = model.get("text"));
  const python = () => (mine ? `, text=${JSON.stringify(mine)}` : "");
  return { row, complaint, own, now, show, clear, forget, python };
}
