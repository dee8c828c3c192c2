// Equations in a widget: symbols in their colours, terms with the numbers put in.

/** Write a symbol in the colour of its quantity. */
export const quantity = (symbol, tone) => element("b", { class: `tone-${tone}` }, symbol);

export const equation = (...parts) => element("p", { class: "grulab-equation" }, ...parts);

/** Keep the parts of a term together: a line may break before it, never inside it. */
export const term = (...parts) => element("span", {}, " ", element("span", { class: "term" }, ...parts));
