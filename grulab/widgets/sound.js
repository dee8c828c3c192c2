// Sound: notes and recorded samples, through the browser's own audio. Nothing sounds before a press, and never is it
// the only channel. What can be computed without a browser stands first and is pure.

const ATTACK = 0.01; // seconds in which a note comes up, so that it begins without a click
const RELEASE = 0.04; // seconds in which it goes down again at its end
const HALVING = 0.35; // seconds in which a held note loses half of its loudness
const OVERTONES = [1, 0.35, 0.15]; // the shares of the tone and of its first overtones
const NOTE_RATE = 22050; // samples a second of what is made of notes

/** Return the frequency in hertz of a MIDI pitch: 69 is the a' of 440, 12 steps are an octave. */
export const frequencyOf = (pitch) => 440 * 2 ** ((pitch - 69) / 12);

/** Return when each of the notes [pitch or null, beats] begins and ends, in seconds, at `tempo` beats a minute. */
export function scheduleOf(notes, tempo) {
  let end = 0;
  return notes.map(([pitch, beats]) => {
    const begin = end;
    end = begin + (60 * beats) / tempo;
    return { pitch, begin, end };
  });
}

/** Return which entry of a schedule sounds at a time; the last one after the end. */
export function entryAt(schedule, seconds) {
  const found = schedule.findIndex(({ end }) => seconds < end);
  return found < 0 ? schedule.length - 1 : found;
}

/** Return how loud a note of `length` seconds is, from 0 to 1, `seconds` after its begin. */
export function envelopeAt(seconds, length) {
  if (seconds < 0 || seconds > length) return 0;
  const edge = Math.min(1, seconds / ATTACK, (length - seconds) / RELEASE);
  return edge * 2 ** (-seconds / HALVING);
}

/** Return the samples of notes [pitch or null, beats], a number from −1 to 1 each; `null` is a rest. */
export function samplesOfNotes(notes, tempo, rate = NOTE_RATE) {
  const schedule = scheduleOf(notes, tempo);
  const total = OVERTONES.reduce((sum, share) => sum + share, 0);
  const samples = new Float32Array(Math.ceil(rate * (schedule.length ? schedule[schedule.length - 1].end : 0)));
  for (const { pitch, begin, end } of schedule) {
    if (pitch === null) continue;
    const angle = (2 * Math.PI * frequencyOf(pitch)) / rate;
    const last = Math.min(samples.length, Math.ceil(rate * end));
    for (let i = Math.ceil(rate * begin); i < last; i += 1) {
      const phase = angle * (i - rate * begin);
      const tone = OVERTONES.reduce((sum, share, k) => sum + share * Math.sin((k + 1) * phase), 0) / total;
      samples[i] = tone * envelopeAt(i / rate - begin, end - begin);
    }
  }
  return samples;
}

/** Return the factor for samples at a level from 0 to 1: ears judge ratios, so the square feels even. */
export const loudnessOf = (level) => level ** 2;

/** Return the factor that brings samples within −1 to 1, and leaves those alone that are. */
export const calmed = (samples) => 1 / samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1);

// ---- the browser ----

const audioKind = () => globalThis.AudioContext ?? globalThis.webkitAudioContext;

/**
 * Make a voice that says one thing at a time; call it from a press only.
 *
 * `playSamples(samples, rate, {level, onEnd})` plays numbers at `rate` a second, 8,000 to 48,000;
 * `playNotes(notes, {tempo, level, onEnd})` plays notes [MIDI pitch or null, beats], one after the other. Both stop what
 * sounds, and `onEnd()` hears of the end by itself, not of a stop. `setLevel(level)` turns what sounds up or down;
 * `seconds()` says how long it has sounded, null in silence; `stop()` ends it, `close()` gives the device back.
 */
export function voice() {
  let [context, gain, source] = [null, null, null];
  let [begin, calm] = [0, 1];
  const stop = () => {
    if (!source) return;
    source.onended = null;
    source.stop();
    source.disconnect();
    source = null;
  };
  const setLevel = (level) => gain?.gain.setTargetAtTime(calm * loudnessOf(level), context.currentTime, 0.01);
  const playSamples = (samples, rate, { level, onEnd = () => {} }) => {
    stop();
    if (!samples.length) return;
    if (!context) {
      context = new (audioKind())();
      gain = context.createGain();
      gain.connect(context.destination);
    }
    context.resume(); // a browser may have put it to sleep
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.getChannelData(0).set(samples);
    calm = calmed(samples);
    gain.gain.value = calm * loudnessOf(level);
    source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(gain);
    source.onended = () => {
      source = null;
      onEnd();
    };
    begin = context.currentTime;
    source.start();
  };
  const playNotes = (notes, { tempo, ...options }) => playSamples(samplesOfNotes(notes, tempo), NOTE_RATE, options);
  const seconds = () => (source ? context.currentTime - begin : null);
  const close = () => {
    stop();
    context?.close();
    [context, gain] = [null, null];
  };
  return { playSamples, playNotes, setLevel, seconds, stop, close };
}

/**
 * Make a button that plays and stops, and a level for the number `level` of the model.
 *
 * `play(voice, options)` calls `voice.playNotes` or `voice.playSamples` and hands the `options` on. `follow(seconds)`
 * hears in each frame how long it has sounded, and null when it is silent again. Where the browser has no sound, a
 * sentence stands in the button's place. Returns `{row, show, stop, end}`: `stop()` for silence, `end` for `live`.
 */
export function soundControls(model, { play, follow, guarded }) {
  const level = slider(model, "level", { symbol: "level", text: "of the sound", tone: "x" });
  if (!audioKind()) {
    const row = element("p", { class: "grulab-legend" },
      "This browser has no sound. What would be heard stands here in numbers and drawings, too.");
    return { row, show: () => {}, stop: () => {}, end: () => {} };
  }
  const label = "Listen";
  const own = voice();
  let frame = 0;
  const rest = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    toggle.textContent = label;
    follow(null);
  };
  const look = guarded(() => {
    frame = requestAnimationFrame(look);
    follow(own.seconds());
  });
  const stop = () => {
    own.stop();
    if (frame) rest();
  };
  const begin = () => {
    play(own, { level: model.get("level"), onEnd: guarded(rest) });
    if (own.seconds() === null) return;
    toggle.textContent = "Stop the sound";
    look();
  };
  const toggle = button(label, guarded(() => (frame ? stop() : begin())), { "data-act": "listen" });
  const row = element("div", { class: "grulab-stack" }, element("div", { class: "grulab-buttons" }, toggle), level.row);
  const show = () => {
    level.show();
    own.setLevel(model.get("level"));
  };
  const end = () => {
    cancelAnimationFrame(frame);
    own.close();
  };
  return { row, show, stop, end };
}
