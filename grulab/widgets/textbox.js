// A box for a text of the reader's own, which stays on the page.

/**
 * Make the box below its `label`. `typed(text, before)` gets what stands in it, and what stands before the caret; a text
 * of more than `longest` characters is refused with a sentence. `show(text)` writes another text into it, but not over
 * what was refused; `clear()` takes the sentence back. Returns `{row, complaint, show, clear}`.
 */
export function textBox({ label, hint, longest, typed }) {
  const area = element("textarea", {
    class: "grulab-text", rows: 3, dir: "auto", spellcheck: "false", autocomplete: "off", placeholder: hint,
  });
  const complaint = element("p", { class: "grulab-complaint", role: "status" });
  area.addEventListener("input", () => {
    const { value } = area;
    const isTooLong = value.length > longest;
    complaint.textContent = isTooLong
      ? `This text has ${value.length} characters, and the box reads ${longest} at most. It was not read: shorten it.`
      : "";
    if (!isTooLong) typed(value, value.slice(0, area.selectionStart));
  });
  const show = (text) => {
    if (complaint.textContent || area.value === text) return;
    area.value = text;
  };
  const clear = () => (complaint.textContent = "");
  const row = element("label", { class: "grulab-box" },
    element("b", {}, label), " – change it, or type your own. It stays on this page.", area);
  return { row, complaint, show, clear };
}
