"""How far can a forecast be trusted? Trained forecasters that run free in the page, from any start."""

import math

import numpy as np
import traitlets

from grulab import cell
from grulab.arguments import LARGEST, check_number, check_pair, check_size, check_text, named
from grulab.arrays import check_numbers, check_row
from grulab.forecasting import (
    free_run,
    horizon_until,
    linear_forecast,
    persistence,
    scale,
    unscale,
    wave_errors,
)
from grulab.widgets.base import CourseWidget, Quantity, module, style
from grulab.widgets.given import check_arrays, check_titled
from grulab.widgets.transport import packed, unpacked

PARTS = ("kernel", "recurrent", "bias", "head", "head_bias")
LONGEST_WAVE = 100_000  # steps: the page keeps three numbers for each


class ForecastPlayer(CourseWidget):
    """Let trained GRUs run free on a series, and compare with the truth, with a line and with persistence.

    ``forecasters`` is a dictionary from a name to the weights of a ``grulab.models.forecaster`` with one GRU
    and no activation, as ``model.get_weights()`` gives them. ``series`` (n,) is the truth, in its own units,
    ``line`` the weights of ``linear_fit``. All read windows of ``width`` values, scaled so that ``ends``
    become 0 and 1.

    ``starts`` are the first and the last place that a free run may start at; ``origin`` is what the first
    value of the series is counted as. ``wave`` is the angle of one step in radians, where the series is a
    wave. ``unit`` and ``step`` name what the upright and the level axis count.
    """

    _esm = module("forecastplayer", "transport", "gradients", "forecast", "serieschart")
    _css = style("forecastplayer")

    forecaster = Quantity(0, 0, 99, 1, help="which of the forecasters")
    start = Quantity(0, 0, 99_999, 1, help="the place of the first forecast")
    steps = Quantity(100, 2, 999, 1, help="free steps from there")
    limit = Quantity(0.1, 0.01, 1.0, 0.01, help="the error up to which a forecast holds")

    # what the page needs and nobody moves
    trained = traitlets.List(read_only=True, help="the trained weights").tag(sync=True)
    labels = traitlets.List(read_only=True, help="the names of the forecasters").tag(sync=True)
    truth = traitlets.Dict(read_only=True, help="the series").tag(sync=True)
    line = traitlets.List(read_only=True).tag(sync=True)
    setting = traitlets.Dict(read_only=True, help="width, starts and what else stays").tag(sync=True)

    def __init__(
        self, forecasters, series, line, starts, ends, width, *,
        origin=0, wave=None, unit="", step="step", **values,
    ):  # fmt: skip
        width = check_size("ForecastPlayer: width", width, 1)
        origin = check_size("ForecastPlayer: origin", origin, -LARGEST)
        starts = check_pair("ForecastPlayer: starts", starts, "the first and the last start")
        ends = check_pair("ForecastPlayer: ends", ends, "what becomes 0 and what becomes 1")
        first, last = (check_size("ForecastPlayer: one of starts", start, -LARGEST) for start in starts)
        low, high = (float(check_number("ForecastPlayer: one of ends", end)) for end in ends)
        if low == high:
            raise ValueError(f"ForecastPlayer: ends must be two different numbers, but both are {low:g}.")
        if wave is not None:
            _check_wave(check_number("ForecastPlayer: wave", wave, above=0))
        check_text("ForecastPlayer: unit", unit)
        check_text("ForecastPlayer: step", step)
        series = check_numbers("ForecastPlayer: series", series)
        line = check_numbers("ForecastPlayer: line", line, ("n",))
        forecasters = check_titled("ForecastPlayer: forecasters", forecasters, "weights", check_arrays)
        if not forecasters:
            raise ValueError("ForecastPlayer: forecasters must hold at least one, but is empty.")
        if series.ndim != 1 or not width <= first - origin <= last - origin <= len(series) - 2:
            raise ValueError(
                f"ForecastPlayer: starts must leave {width} values before and two after, but they are "
                f"{first} and {last}, and the series has the shape {series.shape} and begins at {origin}."
            )
        if not 2 <= len(line) <= width + 1:
            raise ValueError(
                f"ForecastPlayer: line must hold an intercept and 1 to {width} weights, but holds "
                f"{len(line)} numbers."
            )
        for label, weights in forecasters.items():
            _check(label, [np.shape(one) for one in weights])
        self.set_trait("labels", list(forecasters))
        parts = [dict(zip(PARTS, map(packed, weights), strict=True)) for weights in forecasters.values()]
        self.set_trait("trained", parts)
        self.set_trait("truth", packed(series))
        self.set_trait("line", [float(weight) for weight in line])
        kept = {"starts": [first, last], "ends": [low, high], "width": width, "origin": origin}
        self.set_trait("setting", kept | {"wave": wave, "unit": unit, "step": step})
        bounds = {"forecaster": [0, len(forecasters) - 1, 1], "start": [first, last, 1]}
        longest = len(series) - (last - origin)
        values = {"start": first, "steps": min(100, longest)} | values
        self.narrow(bounds | {"steps": [2, longest, 1]})
        super().__init__(**values)

    def __repr__(self):
        """Write the widget as the line of Python that makes it, given its first three arguments."""
        kept = {name: tuple(one) if isinstance(one, list) else one for name, one in self.setting.items()}
        kept |= {name: getattr(self, name) for name in (*self.quantities(), "name")}
        return (
            f"ForecastPlayer(forecasters, series, line, {', '.join(f'{n}={v!r}' for n, v in kept.items())})"
        )

    def predictors(self):
        """Return the chosen GRU, the line and persistence as ``free_run`` takes them."""
        parts = {name: unpacked(one).astype(float) for name, one in self.trained[self.forecaster].items()}
        layer = cell.Weights(parts["kernel"], parts["recurrent"], parts["bias"], reset_after=True)
        return {
            "gru": lambda x: (cell.run(layer, x).h[:, -1] @ parts["head"] + parts["head_bias"])[:, 0],
            "line": lambda x: linear_forecast(self.line, x),
            "persistence": persistence,
        }

    def runs(self, starts=None):
        """Return the truth and three free runs of ``steps`` steps, in the units of the series.

        From ``start``: name → (steps,). With ``starts`` (n,) from several: name → (n, steps).
        """
        first, last = self.setting["starts"]
        given = [self.start] if starts is None else check_row("starts", starts)
        if min(given) < first or max(given) > last:
            raise ValueError(
                f"starts must lie from {first} to {last}, but reach from {min(given)} to {max(given)}."
            )
        places = np.asarray(given) - self.setting["origin"]
        series, width = unpacked(self.truth).astype(float), self.setting["width"]
        windows = scale(np.array([series[place - width : place] for place in places]), *self.setting["ends"])
        made = {"truth": np.array([series[place : place + self.steps] for place in places])}
        for name, predict in self.predictors().items():
            made[name] = unscale(free_run(predict, windows, self.steps), *self.setting["ends"])
        return {name: values[0] if starts is None else values for name, values in made.items()}

    def errors(self, starts=None):
        """Return forecast minus truth of each free run of ``runs``."""
        made = self.runs(starts)
        return {name: values - made["truth"] for name, values in made.items() if name != "truth"}

    def horizons(self):
        """Return how many steps each forecaster holds, from every start: name → (starts,), whole numbers."""
        first, last = self.setting["starts"]
        errors = self.errors(np.arange(first, last + 1))
        return {name: horizon_until(error, self.limit) for name, error in errors.items()}

    def waves(self):
        """Return the GRU's errors in phase and amplitude, by the free step a wave begins at: (waves, 2)."""
        if self.setting["wave"] is None:
            raise ValueError(
                "ForecastPlayer: waves needs wave, the angle of one step in radians, but it is None."
            )
        made, length = self.runs(), steps_of_wave(self.setting["wave"])
        begins = range(self.steps - length + 1)
        if not begins:
            return np.empty((0, 2))
        cut = (np.array([made[name][k : k + length] for k in begins]) for name in ("gru", "truth"))
        return np.column_stack(wave_errors(*cut, self.setting["wave"]))

    @traitlets.default("name")
    def _own_name(self):
        return "forecast"


def steps_of_wave(angle):
    """Return how many steps of an angle in radians make about one turn, a half rounded up as in the page."""
    return math.floor(2 * math.pi / angle + 0.5)


def _check_wave(angle):
    """Raise a ValueError unless a wave has the 3 steps that a sine and a constant need, and not too many."""
    least = 2 * math.pi / LONGEST_WAVE
    if angle < least or steps_of_wave(angle) < 3:
        raise ValueError(
            f"ForecastPlayer: wave is {named(angle)}, but it must be the angle of one step in radians, of "
            f"which 3 to {LONGEST_WAVE:,} make a turn of 2π."
        )


def _check(label, shapes):
    """Raise a ValueError unless these are the shapes of one GRU on one feature, and of an output on it."""
    units = shapes[1][0] if len(shapes) == len(PARTS) and shapes[1] else 0
    wanted = [(1, 3 * units), (units, 3 * units), (2, 3 * units), (units, 1), (1,)]
    if shapes != wanted:
        raise ValueError(
            f"ForecastPlayer: {label!r} must hold the weights of one GRU with reset_after on one feature "
            "and of one output: (1, 3*units), (units, 3*units), (2, 3*units), (units, 1), (1,), but has the "
            f"shapes {shapes}."
        )
