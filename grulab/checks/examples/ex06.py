"""Exercise 06: train on film reviews and report it honestly.

Question 6, ``error_kinds``, has no check: no program can tell a good sorting from a poor one.
"""

import numpy as np

from grulab.checks.question import example
from grulab.checks.reviews.epochs import expect_epoch
from grulab.checks.reviews.parts import expect_drawn
from grulab.checks.reviews.reader import expect_reader
from grulab.checks.reviews.rehearsal import expect_rehearsed
from grulab.checks.reviews.rows import expect_prepared


@example(stars=1)
def validation_split(answer):
    """Cut 12 of 40 small reviews, sorted by label as IMDB's own file is."""
    x = [np.array([1, *range(4, 5 + i % 3), 10 + i], np.int32) for i in range(40)]
    expect_drawn(answer, x, np.array([0] * 20 + [1] * 20), size=12, seed=5)


@example(stars=1, uses_keras=True)
def prepare(answer):
    """Prepare a short review and a long one, with ids on both sides of num_words."""
    expect_prepared(answer)


@example(stars=2, uses_keras=True, deadline=60.0)
def build_model(answer):
    """Ask a fresh model what ids, zeros behind a text and the order of words change in its answers."""
    expect_reader(answer, 20_100, 5, 15, np.random.default_rng(0))


@example(stars=1)
def choose_epoch(answer):
    """Choose among seven epochs, two of which share the best accuracy."""
    expect_epoch(answer)


@example(stars=2)
def final_report(answer):
    """Rehearse: the network is right on 3 of 4 and on 4 of 10 small reviews, the counts on 8 of 10."""
    expect_rehearsed(answer)
