"""Exercise 03: a Keras classifier, and a report that means something."""

import numpy as np

from grulab.checks.classifiers.majority import expect_majorities
from grulab.checks.classifiers.model import expect_classifier
from grulab.checks.classifiers.parts import expect_draws, expect_split
from grulab.checks.classifiers.report import expect_report
from grulab.checks.classifiers.shapes import expect_shapes
from grulab.checks.question import example


@example(stars=1)
def majority_accuracy(answer):
    """Let the training labels choose, and the test labels judge."""
    seen, judged = np.array([0, 0, 0, 1, 0]), np.array([1, 1, 0, 1])
    cases = [
        (seen, judged),
        (1 - seen, judged),
        # many ones among the test labels
        (seen, np.array([1, 1, 1, 1, 1, 1, 0])),
        # as many zeros as ones: either may be taken
        (np.array([1, 0, 0, 1]), np.array([0, 1, 0])),
    ]
    expect_majorities(answer, cases)


@example(stars=1)
def output_shape(answer):
    """Compare with the shapes that Keras hands on, known without asking it."""
    expect_shapes(answer, 2, 7, 5)
    expect_shapes(answer, 3, 4, 6)


@example(stars=2)
def split(answer):
    """Split sequences that can be told from one another."""
    expect_split(answer, 40, 0.25, 0)
    # 4.8 and 5.2 sequences: both are 5 when rounded
    expect_split(answer, 40, 0.12, 0)
    expect_split(answer, 40, 0.13, 0)
    expect_draws(answer, 40, 0.25, range(12))


@example(stars=2, uses_keras=True, deadline=20)
def build_classifier(answer):
    """Build a model for sequences of 6 steps with 3 features, and look at what it does."""
    probabilities = np.array([0.1, 0.3, 0.4, 0.7, 0.9, 0.45], "float32")
    expect_classifier(answer, 6, 3, 5, probabilities, np.array([0, 1, 1, 1, 0, 1]))


@example(stars=2, uses_keras=True, deadline=30)
def train_and_report(answer):
    """Report on a rule that is learnt with ease, and on fresh labels of which most are turned round."""
    expect_report(answer)
