// GateLab: what does each gate do to one number? Three stages, named by the trait `stage`, each in a file of its own.

const TITLES = {
  dial: "One gate between two numbers",
  step: "One step of one unit",
  weights: "One unit, its weights and a sequence",
};

const BUILDERS = { dial, step: byHand, weights: byWeights };

function mount({ model, el, page }) {
  const stage = model.get("stage");
  const names = model.get("stages")[stage];
  const python = () => `GateLab(stage="${stage}", ${keywords(model, names)})`;
  const { root, body, live } = frame({
    model, el, page, title: TITLES[stage], names, python, onReset: () => onReset?.(),
  });
  root.classList.add("gatelab", `stage-${stage}`);

  const { nodes, draw, onReset, ...more } = BUILDERS[stage](model);
  body.append(...nodes);
  return live(() => draw(root), more);
}

function render({ model, el, page }) {
  let stop = mount({ model, el, page });
  const restart = () => {
    stop();
    stop = mount({ model, el, page });
  };
  const deaf = listen(model, ["stage"], restart);
  return () => {
    deaf();
    stop();
  };
}

export default { render };
