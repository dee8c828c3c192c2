// The pictures of Player: a film as one large frame and a strip of all, a sound as a spectrogram with what is heard
// in each column. Frames are grey from black (lowest) to white (highest) in light and dark pages alike.

const TONES = ["z", "r", "candidate", "h", "x"];
export const toneOf = (k) => TONES[k % TONES.length];

/** Draw numbers [height][width] of a frame, or of all columns, as grey pixels, `low` black and `high` white. */
function paintGrey(canvas, width, height, valueAt, [low, high]) {
  const context = cleared(canvas, width, height);
  const image = context.createImageData(width, height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const pixel = 4 * (row * width + column);
      const grey = (255 * (valueAt(row, column) - low)) / (high - low || 1);
      image.data.fill(grey, pixel, pixel + 3);
      image.data[pixel + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** Return the lowest and the highest number in rows of them; a long recording has more than one call can take. */
export function endsOf(rows) {
  let [low, high] = [Infinity, -Infinity];
  for (const row of rows) {
    for (const value of row) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

/**
 * Make the pictures of a film. `choose(t)` hears of a press in the strip.
 * `draw({frames, places, size, at})` draws frame `at` of `frames` [timeSteps][pixels] in the order of play, `size` being
 * [height, width]; below each frame of the strip stands its place in the recording.
 */
export function filmView({ choose }) {
  const canvas = element("canvas", { class: "recorded-frame", role: "img" });
  const strip = element("div", { class: "recorded-strip", role: "img" });
  let [drawn, cells] = [null, []];
  strip.addEventListener("click", (event) => {
    const at = cells.indexOf(event.target.closest(".recorded-cell"));
    if (at >= 0) choose(at);
  });
  const painted = (target, frame, [height, width]) =>
    paintGrey(target, width, height, (row, column) => frame[row * width + column], [0, 1]);
  const draw = ({ frames, places, size, at }) => {
    if (drawn !== frames) {
      cells = frames.map((frame, t) => {
        const small = element("canvas", {});
        painted(small, frame, size);
        return element("span", { class: "recorded-cell" }, small, element("small", {}, String(places[t] + 1)));
      });
      strip.replaceChildren(...cells);
      strip.setAttribute("aria-label", `The recorded numbers of the frames, in the order of play: ${places.map((one) => one + 1).join(", ")}.`);
      drawn = frames;
    }
    cells.forEach((one, t) => one.classList.toggle("now", t === at));
    painted(canvas, frames[at], size);
    const [, highest] = endsOf([frames[at]]);
    const light = frames[at].indexOf(highest);
    const [row, column] = [Math.floor(light / size[1]) + 1, (light % size[1]) + 1];
    canvas.setAttribute("aria-label",
      `Frame ${at + 1} of ${frames.length}, number ${places[at] + 1} of the recording; its lightest pixel stands in column ${column} of ${size[1]}, row ${row} of ${size[0]}.`);
  };
  const node = element("div", { class: "grulab-stack" },
    element("p", { class: "grulab-heading" }, "The frame that was read last"), canvas);
  const all = element("div", { class: "grulab-stack" },
    element("p", { class: "grulab-heading" }, "All frames in the order of play, with their numbers in the recording"), strip);
  return { node, all, draw };
}

/** Make a row of words over stretches of columns. */
function wordRow() {
  const row = element("div", { class: "recorded-words" });
  const show = (stretches, count, wordOf) =>
    row.replaceChildren(...stretches.map(({ value, begin, end }) => {
      const made = element("span", { class: `tone-${toneOf(value)}` }, element("b", {}, wordOf(value)));
      made.style.left = `${(100 * begin) / count}%`;
      made.style.width = `${(100 * (end - begin)) / count}%`;
      return made;
    }));
  return { row, show };
}

/**
 * Make the picture of a sound: the spectrogram, the belief in each class below it, and what is heard and true by column.
 * `choose(t)` hears of a press; `draw({frames, beliefs, best, truth, at})` takes [timeSteps][bands], [timeSteps][classes], the
 * best class of each column, the right one of each (or null), and the column of the cursor.
 */
export function soundView({ classes, blank, choose }) {
  const spectrogram = element("canvas", { class: "recorded-sound", role: "img" });
  const fields = element("canvas", { class: "recorded-beliefs", role: "img" });
  const colour = coloursOf(fields);
  const tones = classes.map((_, k) => `--gru-${toneOf(k)}`);
  const [heard, right] = [wordRow(), wordRow()];
  const cursor = element("i", { class: "recorded-cursor" });
  const name = (words) => element("span", { class: "recorded-name" }, words);
  const names = element("span", { class: "recorded-names" }, ...classes.map((one, k) => element("b", { class: `tone-${toneOf(k)}` }, one)));
  const over = element("div", { class: "recorded-over" }, cursor);
  const rightName = name("true");
  const grid = element("div", { class: "recorded-grid" },
    name("sound"), spectrogram, rightName, right.row, name("heard"), heard.row, names, fields, over);
  let [drawn, painted] = [null, ""];
  const wordOf = (k) => (k === blank ? "" : classes[k]);
  const pointed = (event) => {
    const box = over.getBoundingClientRect();
    const count = drawn.frames.length;
    choose(Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - box.left) / box.width) * count))));
  };
  followPointer(over, pointed);
  const paint = ({ frames, beliefs, best, truth }) => {
    const [count, bands] = [frames.length, frames[0].length];
    paintGrey(spectrogram, count, bands, (row, column) => frames[column][bands - 1 - row], endsOf(frames));
    const context = cleared(fields, count, classes.length);
    classes.forEach((_, k) => {
      context.fillStyle = colour(tones[k]);
      beliefs.forEach((belief, t) => {
        context.globalAlpha = belief[k];
        context.fillRect(t, k, 1, 1);
      });
    });
    heard.show(stretchesOf(best), count, wordOf);
    right.row.hidden = rightName.hidden = !truth;
    if (truth) right.show(stretchesOf(truth), count, wordOf);
  };
  const draw = (now) => {
    const colours = tones.map(colour).join();
    if (drawn?.frames !== now.frames || painted !== colours) paint(now);
    [drawn, painted] = [now, colours];
    const { frames, beliefs, best, at } = now;
    cursor.style.left = `${(100 * (at + 0.5)) / frames.length}%`;
    const [, highest] = endsOf([frames[at]]);
    const strongest = frames[at].indexOf(highest);
    spectrogram.setAttribute("aria-label",
      `Spectrogram of ${frames.length} columns and ${frames[at].length} bands, low bands below; the strongest band of column ${at + 1} is number ${strongest + 1} from below.`);
    fields.setAttribute("aria-label",
      `The belief in each of ${classes.length} classes by column; in column ${at + 1} most in ${classes[best[at]]}, ${format(beliefs[at][best[at]], 2)}.`);
  };
  return { node: grid, draw };
}
