"""Generate the embedded reviews: a synthetic corpus in which the order of words decides.

Two thirds of it are *twins*: two reviews of opposite verdict that hold the same words, pairs, triples and
quadruples of words, each as often. ::

    At first the music seemed superb on the whole. … In the end the music seemed dull on the whole.
    At first the music seemed dull on the whole. … In the end the music seemed superb on the whole.

One opening yields ("at first"), the other wins ("in the end"), and the verdict is the word in the winning
clause, whichever comes first. Three words on either side of the exchanged words are the same in both clauses;
therefore no count of up to four neighbouring words can tell twins apart. Runs of five tell nearly all of
them apart ("first the music seemed superb"), runs of six tell all.
One third are *plain* reviews with the winning clause alone, which show what each verdict word means.
"""

from dataclasses import dataclass

import numpy as np

from grulab.arguments import check_size, generator

# the opening that yields, and the one that wins over it
OPENINGS = (("At first", "In the end"), ("Others say", "I say"), ("Last year", "This year"))
CLAUSE = "{opening} the {aspect} seemed {word} on the whole."
ASPECTS = ("film", "plot", "music", "acting", "ending", "dialogue")
PRAISE = ("superb", "moving", "witty", "gripping", "tender", "clever", "lively", "honest")
BLAME = ("dull", "clumsy", "hollow", "tedious", "shallow", "bland", "stale", "muddled")

NAMES = ("Amina", "Mateo", "Yuki", "Priya", "Chidi", "Zoë", "Tomasz", "Leilani")
PLACES = ("Lagos", "Lima", "Osaka", "Pune", "Tartu", "Kraków", "Cairo", "Suva")
DAYS = ("Monday", "Thursday", "Sunday")
FILLERS = (
    "{name} and {other} saw it with me in {place}.",
    "We were in {place} on a rainy {day}.",
    "{name} bought two tickets for a small cinema.",
    "The hall was half empty, as {name} expected.",
    "It runs for two hours without a break.",
    "{name} had read the book long before.",
)

# (opening, word) combinations that no training review holds: a network that knows the rule reads them, too
HELD_OUT = frozenset(
    (opening, word)
    for number, opening in enumerate(opening for pair in OPENINGS for opening in pair)
    for word in (PRAISE[number], BLAME[number])
)


@dataclass(frozen=True, eq=False)
class Part:
    """Hold one part of the corpus, a row a review.

    ``texts``: list of strings; ``labels``: 1 for praise, 0 for blame; ``kind``: "plain", "winner-first" or
    "winner-last"; ``pair``: the number that both twins share, -1 for a plain review; ``held_out``: whether
    the review holds a combination of ``HELD_OUT``. All arrays have shape (reviews,).
    """

    texts: list
    labels: np.ndarray
    kind: np.ndarray
    pair: np.ndarray
    held_out: np.ndarray


def corpus(train=6_000, test=1_800, seed=0):
    """Generate the training and the test part, the same for the same seed.

    Each size must be a multiple of 12: a third is plain, half of the twins have the winning clause last, and
    each label is as frequent as the other. No text stands twice. Returns ``(train, test)``, two ``Part``.
    """
    train, test = check_size("train", train, -np.inf), check_size("test", test, -np.inf)
    for name, size in (("train", train), ("test", test)):
        if size <= 0 or size % 12:
            raise ValueError(f"{name} must be a positive multiple of 12, not {size}.")
    rng = generator(seed)
    used = set()
    return _part(train, rng, used, is_training=True), _part(test, rng, used, is_training=False)


def _part(size, rng, used, is_training):
    """Draw reviews until each kind has its share, then shuffle the rows."""
    rows = []
    while len(rows) < size // 3:
        label = len(rows) % 2
        rows += _fresh(lambda label=label: _plain(rng, label), used, is_training)
    pair = 0
    while len(rows) < size:
        winner_first = pair % 2 == 0
        twins = _fresh(lambda first=winner_first: _twins(rng, first), used, is_training)
        rows += [(*row[:3], pair, row[4]) for row in twins]
        pair += 1
    rows = [rows[i] for i in rng.permutation(len(rows))]
    texts, labels, kind, pairs, held_out = zip(*rows, strict=True)
    return Part(list(texts), np.array(labels, np.int32), np.array(kind), np.array(pairs), np.array(held_out))


def _fresh(draw, used, is_training):
    """Draw until the texts are new and, for training, hold no combination that is held out."""
    while True:
        rows = draw()
        texts = {row[0] for row in rows}
        if texts & used or (is_training and any(row[4] for row in rows)):
            continue
        used |= texts
        return rows


def _plain(rng, label):
    """Return one row: fillers around the winning clause alone."""
    _, winning = OPENINGS[rng.integers(len(OPENINGS))]
    word = _choice(rng, PRAISE if label else BLAME)
    clause = CLAUSE.format(opening=winning, aspect=_choice(rng, ASPECTS), word=word)
    fillers = _fillers(rng, rng.integers(2, 5))
    place = rng.integers(len(fillers) + 1)
    text = " ".join([*fillers[:place], clause, *fillers[place:]])
    return [(text, label, "plain", -1, (winning, word) in HELD_OUT)]


def _twins(rng, winner_first):
    """Return two rows that differ in nothing but the exchange of their two verdict words."""
    yielding, winning = OPENINGS[rng.integers(len(OPENINGS))]
    openings = (winning, yielding) if winner_first else (yielding, winning)
    kind = "winner-first" if winner_first else "winner-last"
    aspect = _choice(rng, ASPECTS)
    praise, blame = _choice(rng, PRAISE), _choice(rng, BLAME)
    fillers = _fillers(rng, rng.integers(2, 4))
    before, after = sorted(rng.integers(len(fillers) + 1, size=2))
    rows = []
    for chosen in ((praise, blame), (blame, praise)):
        first, last = (
            CLAUSE.format(opening=opening, aspect=aspect, word=word)
            for opening, word in zip(openings, chosen, strict=True)
        )
        text = " ".join([*fillers[:before], first, *fillers[before:after], last, *fillers[after:]])
        verdict = chosen[openings.index(winning)]
        held_out = any(combination in HELD_OUT for combination in zip(openings, chosen, strict=True))
        rows.append((text, int(verdict == praise), kind, None, held_out))
    return rows


def _fillers(rng, count):
    """Return sentences that say nothing about the film, no sentence twice."""
    sentences = []
    for i in rng.permutation(len(FILLERS))[:count]:
        name, other = rng.choice(NAMES, size=2, replace=False)
        sentences.append(
            FILLERS[i].format(name=name, other=other, place=_choice(rng, PLACES), day=_choice(rng, DAYS))
        )
    return sentences


def _choice(rng, options):
    return options[rng.integers(len(options))]
