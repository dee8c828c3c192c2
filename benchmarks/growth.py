"""What more sequences and more steps cost: the gates and the NumPy update at 1, 4 and 16 times the size."""

from collections.abc import Iterator

from benchmarks.measuring import Row, duration
from grulab import growth

# a step of a sequence may cost so many times as much in the largest batch as in the smallest
BOUND = 1.5


def rows() -> Iterator[Row]:
    """Yield the lines of the table."""
    for name, make, base in (("gates", growth.gates, (1024, 100)), ("update", growth.Update, (64, 50))):
        for what, seconds in growth.growth(make, *base).items():
            ratio = growth.dearest(seconds)
            times = ", ".join(duration(seconds[factor]) for factor in growth.FACTORS)
            sizes = ", ".join(f"{factor}×" for factor in growth.FACTORS)
            # what disturbs a run only makes it longer, so the least of the runs counts
            yield Row(
                f"{name}, {sizes} the {what}: cost of a sequence and step, least of the runs", times,
                "the smallest size", ratio, f"at most {BOUND:g}", ratio <= BOUND, growth.ROUNDS,
            )  # fmt: skip
