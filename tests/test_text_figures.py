"""The figures on text: which words a cut leaves, where padding stands, which part a mark belongs to."""

import numpy as np
import pytest

from grulab import plots


def test_a_cut_leaves_the_last_words_or_with_a_minus_the_first(ax):
    plots.kept_words(ax, ["not", "a", "bad", "film"], {"all": 4, "last 2": 2, "first 1": -1})
    written = [text.get_text() for text in ax.texts]
    assert written == [
        *("not", "a", "bad", "film", "all"),
        *("(not)", "(a)", "bad", "film", "last 2"),
        *("not", "(a)", "(bad)", "(film)", "first 1"),
    ]


def test_the_map_of_a_padded_text_shows_each_unit_and_marks_the_padding(ax):
    states = np.random.default_rng(0).uniform(-1, 1, (4, 3))
    drawn = plots.padded_states(ax, states, ["0", "0", "a", "film"], [False, False, True, True], "Two zeros")
    np.testing.assert_array_equal(drawn.get_array(), states.T)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "0", "a", "film"]
    assert [bar.get_x() + 0.5 for bar in ax.patches] == [0, 1]


def test_lines_with_and_without_a_mask_differ_in_mark_dash_and_colour(ax):
    plots.answers_over_padding(ax, [0, 1], {"without a mask": [0.9, 0.2], "with a mask": [0.9, 0.8]})
    without, masked = ax.lines[:2]
    np.testing.assert_array_equal(without.get_ydata(), [0.9, 0.2])
    np.testing.assert_array_equal(masked.get_ydata(), [0.9, 0.8])
    for look in ("get_marker", "get_color", "is_dashed"):
        assert getattr(without, look)() != getattr(masked, look)()


def test_each_model_has_a_row_each_part_a_mark_and_each_seed_its_place(ax):
    scores = {"counts": np.array([[1.0, 0.5]]), "GRU": np.array([[0.9, 0.8], [0.7, 0.6]])}
    plots.part_scores(ax, scores, ["plain", "twins"], chance=0.5)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["counts", "GRU"]
    assert ax.get_legend_handles_labels()[1] == ["plain", "twins"]
    _, *marks = ax.lines
    assert [list(mark.get_xdata()) for mark in marks] == [[1.0], [0.5], [0.9, 0.7], [0.8, 0.6]]
    assert marks[2].get_marker() == marks[0].get_marker() != marks[1].get_marker()
    assert [round(np.mean(mark.get_ydata())) for mark in marks] == [0, 0, 1, 1]
    top, bottom = (mark.get_ydata()[0] for mark in marks[:2])
    assert top != bottom


@pytest.mark.parametrize(("scores", "chance"), [([[1.0, 0.0]], 0.5), ([[0.9, 0.8]], 0.1)])
def test_no_score_lies_outside_its_axis(ax, scores, chance):
    plots.part_scores(ax, {"last word wins": np.array(scores)}, ["plain", "twins"], chance)
    left, right = ax.get_xlim()
    assert left < min(chance, *scores[0])
    assert max(scores[0]) < right


def test_two_texts_share_a_panel_with_a_line_at_each_exchanged_word(ax):
    plots.twin_answers(ax, [[0.5, 0.9, 0.8], [0.5, 0.1, 0.2]], ["the", "good / bad", "film"], [1])
    mark, _, first, second = ax.lines
    assert set(mark.get_xdata()) == {1}
    assert list(first.get_ydata()) == [0.5, 0.9, 0.8]
    assert list(second.get_ydata()) == [0.5, 0.1, 0.2]
    assert first.get_linestyle() != second.get_linestyle()
    assert [label.get_text() for label in ax.get_xticklabels()] == ["the", "good / bad", "film"]


def test_each_letter_has_a_bar_and_the_first_of_a_word_another_look(ax):
    plots.letter_bars(ax, "to be", [3, 1, 4, 2])
    assert [bar.get_x() + bar.get_width() / 2 for bar in ax.patches] == pytest.approx([1, 2, 3, 4])
    assert [bar.get_height() for bar in ax.patches] == [3, 1, 4, 2]
    assert [bar.get_hatch() for bar in ax.patches] == [None, None, "//", None]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["t", "o", "␣", "b", "e"]
