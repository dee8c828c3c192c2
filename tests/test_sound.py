"""Sound in the page: when notes begin, how they come and go, and what reaches the browser's audio."""

from types import SimpleNamespace

import numpy as np
import pytest
from node import ask_widget

from grulab.widgets import base

WIDGET = SimpleNamespace(_esm=base.module("sound"))
NOTES = [[69, 1], [None, 0.5], [81, 2], [60, 0.25]]

# a browser's audio that writes down what it is asked for
AUDIO = """
const log = [];
let [time, made] = [0, null];
globalThis.AudioContext = class {
  get currentTime() { return time; }
  resume() {}
  close() { log.push("close"); }
  createGain() {
    return { connect() {}, gain: { set value(value) { log.push(["gain", value]); },
      setTargetAtTime(value) { log.push(["turned", value]); } } };
  }
  createBuffer(channels, length, rate) {
    log.push(["buffer", channels, length, rate]);
    return { getChannelData: () => ({ set: (samples) => log.push(["first", samples[0]]) }) };
  }
  createBufferSource() {
    made = { connect() {}, disconnect() {}, start() { log.push("start"); }, stop() { log.push("stop"); } };
    return made;
  }
};
const own = js.voice();
"""


def ask(folder, script, question=None):
    """Run a script that ends in an expression, with ``js`` for the helpers, and return its value."""
    return ask_widget(folder, WIDGET, f"console.log(JSON.stringify({script}));", question)


def test_a_schedule_counts_beats_in_seconds(tmp_path):
    script = """(() => {
      const schedule = js.scheduleOf(question, 120);
      return [schedule, [0, 0.49, 0.5, 0.8, 9].map((seconds) => js.entryAt(schedule, seconds))];
    })()"""
    schedule, entries = ask(tmp_path, script, NOTES)
    assert [entry["pitch"] for entry in schedule] == [69, None, 81, 60]
    ends = np.cumsum([beats * 0.5 for _, beats in NOTES])
    assert [entry["end"] for entry in schedule] == pytest.approx(ends)
    assert [entry["begin"] for entry in schedule] == pytest.approx([0, *ends[:-1]])
    # a note sounds from its begin on; after the end it is the last one
    assert entries == [0, 0, 1, 2, 3]


def test_an_octave_doubles_the_frequency(tmp_path):
    assert ask(tmp_path, "[57, 69, 70, 81].map(js.frequencyOf)") == pytest.approx(
        [220, 440, 466.1638, 880], rel=1e-6
    )


def test_a_note_comes_and_goes_without_a_click(tmp_path):
    times = np.linspace(-0.1, 1.1, 241)
    heights = np.array(ask(tmp_path, "question.map((s) => js.envelopeAt(s, 1))", times.tolist()))
    assert (heights[(times < 0) | (times > 1)] == 0).all()
    assert heights[np.abs(times) < 1e-9] == pytest.approx(0, abs=1e-9)
    assert heights[np.abs(times - 1) < 1e-9] == pytest.approx(0, abs=1e-9)
    assert 0.9 < heights.max() <= 1
    # no step of 5 milliseconds is more than the attack allows
    assert np.abs(np.diff(heights)).max() <= 0.5 + 1e-9
    # it is let go within the last 40 milliseconds
    ends = ask(tmp_path, "[0.95, 0.98, 0.999].map((s) => js.envelopeAt(s, 1) / 2 ** (-s / 0.35))")
    assert ends == pytest.approx([1, 0.5, 0.025])
    # a held note has half of its loudness after the stated time
    early, late = (heights[np.argmin(np.abs(times - place))] for place in (0.2, 0.55))
    assert late / early == pytest.approx(0.5, abs=0.01)


def test_notes_become_samples_with_the_tone_that_was_written(tmp_path):
    rate, tempo = 8000, 60
    samples = ask(tmp_path, f"Array.from(js.samplesOfNotes(question, {tempo}, {rate}))", NOTES)
    samples = np.array(samples)
    assert len(samples) == rate * sum(beats for _, beats in NOTES)
    assert 0.3 < np.abs(samples).max() <= 1
    first, rest, third = samples[:rate], samples[rate:12_000], samples[12_000:28_000]
    assert (rest == 0).all()
    for part, hertz in ((first, 440), (third, 880)):
        strength = np.abs(np.fft.rfft(part))
        assert np.fft.rfftfreq(len(part), 1 / rate)[strength.argmax()] == pytest.approx(hertz, abs=2)
    assert ask(tmp_path, "js.samplesOfNotes([], 60).length") == 0


def test_a_voice_plays_what_it_is_given(tmp_path):
    script = """(() => {
      own.playSamples([0.5, -2, 0], 8000, { level: 0.5 });
      time = 0.25;
      const sounding = own.seconds();
      own.setLevel(1);
      made.onended();
      return [sounding, own.seconds(), log];
    })()"""
    sounding, after, log = ask_widget(tmp_path, WIDGET, f"{AUDIO}console.log(JSON.stringify({script}));")
    assert (sounding, after) == (0.25, None)
    assert log[0] == ["buffer", 1, 3, 8000]
    assert log[1] == ["first", 0.5]
    # half a level is a quarter of the loudness; what reaches 2 is turned down to 1
    assert ["gain", 0.125] in log
    assert ["turned", 0.5] in log
    assert log.count("start") == 1


def test_a_voice_says_one_thing_at_a_time_and_only_the_end_is_told(tmp_path):
    script = """(() => {
      const ends = [];
      own.playNotes([[60, 1]], { tempo: 60, level: 1, onEnd: () => ends.push("first") });
      const first = made;
      own.playNotes([[62, 2]], { tempo: 120, level: 1, onEnd: () => ends.push("second") });
      first.onended?.();
      made.onended();
      own.playNotes([[64, 1]], { tempo: 60, level: 1, onEnd: () => ends.push("third") });
      own.stop();
      own.playSamples([], 8000, { level: 1 });
      own.setLevel(0);
      own.close();
      own.stop();
      return [ends, own.seconds(), log];
    })()"""
    ends, seconds, log = ask_widget(tmp_path, WIDGET, f"{AUDIO}console.log(JSON.stringify({script}));")
    assert ends == ["second"]
    assert seconds is None
    assert [entry[2] for entry in log if entry[0] == "buffer"] == [22050] * 3
    assert [log.count(word) for word in ("start", "stop", "close")] == [3, 2, 1]


def test_a_voice_that_never_spoke_takes_no_device(tmp_path):
    script = "(own.setLevel(1), own.stop(), own.close(), own.setLevel(0), [own.seconds(), log])"
    assert ask_widget(tmp_path, WIDGET, f"{AUDIO}console.log(JSON.stringify({script}));") == [None, []]
