// Brings the widgets of a page to life without a kernel: reads the state that the notebook's run left in the
// page, makes a small model of each widget, and lets the widget's own module draw itself.
// A classic script, not a module: only so does it also run on pages opened straight from disk (file://).
(() => {
  "use strict";

  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';

  // the part of a Jupyter model that an anywidget module may use; nothing is sent anywhere
  class Model {
    constructor(values) {
      this.values = values;
      this.listeners = [];
    }
    get(name) {
      return this.values[name];
    }
    set(name, value) {
      if (typeof name === "object") {
        for (const [key, each] of Object.entries(name)) this.set(key, each);
        return;
      }
      if (this.values[name] === value) return;
      this.values[name] = value;
      this.tell(`change:${name}`, this, value);
      this.tell("change", this);
    }
    on(events, callback) {
      for (const event of events.split(/\s+/)) this.listeners.push({ event, callback });
    }
    off(events, callback) {
      const named = events ? events.split(/\s+/) : null;
      this.listeners = this.listeners.filter(
        (each) =>
          !((!named || named.includes(each.event)) && (!callback || callback === each.callback)),
      );
    }
    tell(event, ...details) {
      for (const each of this.listeners.filter((one) => one.event === event)) each.callback(...details);
    }
    save_changes() {}
    send() {}
  }

  // binary traits lie in the page as base64 beside the state; they belong at their path inside it
  function valuesOf({ state, buffers = [] }) {
    const values = { ...state };
    for (const { data, path } of buffers) {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      let place = values;
      for (const key of path.slice(0, -1)) place = place[key];
      place[path[path.length - 1]] = new DataView(bytes.buffer);
    }
    return values;
  }

  function once(make) {
    const made = new Map();
    return (key) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    };
  }

  // a Blob has an address even where the page has none that modules may be loaded from
  const load = once(async (source) => {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    try {
      const { default: widget } = await import(address);
      return typeof widget === "function" ? widget() : widget;
    } finally {
      URL.revokeObjectURL(address);
    }
  });

  const dress = once((css) => {
    const sheet = document.createElement("style");
    sheet.textContent = css;
    document.head.append(sheet);
  });

  function sentence(text, role) {
    const line = document.createElement("p");
    if (role) line.setAttribute("role", role);
    line.textContent = text;
    return line;
  }

  // a control that needs Python: say so, and where Python is to be had
  function explain() {
    const line = sentence("This control needs a running Python. Open the page ");
    const homes = [
      ["Colab", 'a[href*="colab.research.google.com"]'],
      ["Binder", 'a[href*="mybinder.org"], a[href*="/v2/gh/"]'],
    ];
    const links = homes.flatMap(([label, selector]) => {
      const button = document.querySelector(selector);
      if (!button) return [];
      const link = document.createElement("a");
      link.href = button.href;
      link.textContent = label;
      return [link];
    });
    if (links.length) {
      line.append("in ", links[0], ...links.slice(1).flatMap((link) => [" or ", link]), " to use it.");
    } else {
      line.append("as a notebook in JupyterLab to use it; the download button above has it.");
    }
    return line;
  }

  async function show(script, models) {
    const place = document.createElement("div");
    script.after(place);
    try {
      const { model_id: id } = JSON.parse(script.textContent);
      const saved = models[id];
      if (!saved) throw new Error("the page does not hold its state");
      if (!saved.state._esm) {
        place.append(explain());
        return;
      }
      const { widget, model } = await saved.ready();
      const page = { canBeLinked: true };
      await widget.render({ model, el: place, page });
    } catch (error) {
      place.replaceChildren(sentence(`This widget could not be shown: ${error.message}.`, "alert"));
    }
  }

  function start() {
    let models = {};
    try {
      models = JSON.parse(document.querySelector(STATE).textContent).state;
    } catch {
      // no state, or a damaged one: each widget says so in its place
    }
    for (const saved of Object.values(models)) {
      let made;
      // two views of one widget share its model
      saved.ready = () =>
        (made ??= (async () => {
          const model = new Model(valuesOf(saved));
          if (model.get("_css")) dress(model.get("_css"));
          const widget = await load(model.get("_esm"));
          await widget.initialize?.({ model });
          return { widget, model };
        })());
    }
    for (const script of document.querySelectorAll(VIEW)) show(script, models);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
