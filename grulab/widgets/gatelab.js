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
  const line = () => {
    const numbers = names.map((each) => `${each}=${model.get(each)}`).join(", ");
    return `GateLab(stage="${stage}", ${numbers})`;
  };
  const { root, body, guarded, stop } = frame({ model, el, page, title: TITLES[stage], names, python: line });
  root.classList.add("gatelab", `stage-${stage}`);

  const spoken = announcer();
  let first = true;
  const draw = guarded(() => {
    const words = built.draw(root);
    // what is there at the start is read with the page
    if (!first) spoken.say(words);
    first = false;
  });
  const paint = painter(draw);
  const built = BUILDERS[stage](model, paint.ask);
  body.append(...built.nodes, spoken.line);
  for (const each of names) model.on(`change:${each}`, paint.ask);
  draw();
  return () => {
    for (const each of names) model.off(`change:${each}`, paint.ask);
    paint.stop();
    spoken.stop();
    built.stop?.();
    stop();
  };
}

function render({ model, el, page }) {
  let stop = mount({ model, el, page });
  const restart = () => {
    stop();
    stop = mount({ model, el, page });
  };
  model.on("change:stage", restart);
  return () => {
    model.off("change:stage", restart);
    stop();
  };
}

export default { render };
