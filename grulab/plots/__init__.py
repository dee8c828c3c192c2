"""The figures of the course, each module one idea. Each function draws on Axes and returns them."""

from grulab.plots.alarms import alarm_rows, shade
from grulab.plots.films import film_strips
from grulab.plots.forecasts import error_growth, forecast_lines, horizons
from grulab.plots.gates import gate_maps, latch_run, open_units, unit_map
from grulab.plots.gradients import surviving, trainings
from grulab.plots.growth import growth_lines
from grulab.plots.layer import weight_blocks
from grulab.plots.letters import letter_bars
from grulab.plots.mixing import conventions, dial, fading, held_notes, one_step, reset_orders
from grulab.plots.padding import answers_over_padding, kept_words, padded_states
from grulab.plots.paper import figure, quantity
from grulab.plots.rolls import piano_roll
from grulab.plots.scores import drift, part_scores, seed_lines, seed_marks, seen_and_fresh
from grulab.plots.speech import resonances, transcript
from grulab.plots.strokes import pen_path
from grulab.plots.variants import seed_rows, sweep
from grulab.plots.words import coloured_words, running_answer, twin_answers, word_ticks

__all__ = [
    "alarm_rows",
    "answers_over_padding",
    "coloured_words",
    "conventions",
    "dial",
    "drift",
    "error_growth",
    "fading",
    "figure",
    "film_strips",
    "forecast_lines",
    "gate_maps",
    "growth_lines",
    "held_notes",
    "horizons",
    "kept_words",
    "latch_run",
    "letter_bars",
    "one_step",
    "open_units",
    "padded_states",
    "part_scores",
    "pen_path",
    "piano_roll",
    "quantity",
    "reset_orders",
    "resonances",
    "running_answer",
    "seed_lines",
    "seed_marks",
    "seed_rows",
    "seen_and_fresh",
    "shade",
    "surviving",
    "sweep",
    "trainings",
    "transcript",
    "twin_answers",
    "unit_map",
    "weight_blocks",
    "word_ticks",
]
