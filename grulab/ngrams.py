"""Count which symbol follows which run of symbols: what a model of the next symbol has to beat.

The counts of a run are smoothed by those of the run one shorter, as Witten and Bell proposed: a run that was
seen often speaks for itself, a rare one leaves more to the shorter one, and an unseen one leaves all of it.
"""

from collections import Counter, defaultdict

import numpy as np

from grulab.arguments import check_list, check_size
from grulab.arrays import check_ids


class Followers:
    """Count the followers of all runs of 0 to ``longest`` symbols in rows of ids below ``symbols``.

    ``rows`` is a list of rows of ids; no run reaches from one row into the next. Asked after fewer symbols
    than ``longest``, it answers as one that counted runs of so many symbols at most.
    """

    def __init__(self, rows, symbols, longest):
        self.symbols, self.longest = check_size("symbols", symbols, 1), check_size("longest", longest, 0)
        self.counts = [defaultdict(Counter) for _ in range(self.longest + 1)]
        for i, row in enumerate(check_list("rows", rows, "rows of ids")):
            row = check_ids(f"rows[{i}]", row, ("n",), self.symbols).tolist()
            for n, counts in enumerate(self.counts):
                for t in range(n, len(row)):
                    counts[tuple(row[t - n : t])][row[t]] += 1

    def probability(self, run, symbol):
        """Return the probability of ``symbol`` after ``run``, of which the last ``longest`` symbols count."""
        run = [
            check_size(f"run[{i}]", one, 0, self.symbols - 1)
            for i, one in enumerate(check_list("run", run, "ids"))
        ]
        return self._probability(run, check_size("symbol", symbol, 0, self.symbols - 1))

    def _probability(self, run, symbol):
        """Return what ``probability`` does, of ids that were checked before."""
        p, run = 1 / self.symbols, tuple(run)
        for n in range(min(len(run), self.longest) + 1):
            found = self.counts[n].get(run[len(run) - n :])
            if found is None:
                break  # a run that was never seen: nor was any longer one that ends with it
            # as many shares for the shorter run as there are different followers
            kinds, total = len(found), found.total()
            p = (found[symbol] + kinds * p) / (total + kinds)
        return p

    def surprise(self, contexts):
        """Return -log2 p of the last symbol of each row after those before it, in bits: (rows,).

        ``contexts`` are rows of ids (rows, time_steps), as ``grulab.nextsymbol.contexts`` returns them.
        """
        contexts = check_ids("contexts", contexts, ("rows", "time_steps"), self.symbols).tolist()
        return np.array([-np.log2(self._probability(row[:-1], row[-1])) for row in contexts])

    def stored(self, length):
        """Return how many numbers the counts of the runs of this length hold."""
        length = check_size("length", length, 0, self.longest)
        return sum(len(found) for found in self.counts[length].values())
