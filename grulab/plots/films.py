"""Films as strips of grey frames."""

import numpy as np

from grulab.plots.given import check_axes, check_shares, check_words


def film_strips(axes, films, titles):
    """Draw films (n, time_steps, height, width) as one strip a row: ``axes`` is (n,), ``titles`` (n,).

    Black is 0, white is 1. Below each frame stands its number, from 1.
    """
    films = check_shares("films", films, ("n", "time_steps", "height", "width"))
    axes = check_axes(axes, len(films))
    titles = check_words("titles", titles, len(films), "titles")
    for ax, film, title in zip(axes, films, titles, strict=True):
        time_steps, _, width = film.shape
        gap = np.full((*film.shape[:2], 1), np.nan)  # a column of paper after each frame
        strip = np.concatenate([film, gap], axis=2).transpose(1, 0, 2).reshape(film.shape[1], -1)[:, :-1]
        ax.imshow(strip, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
        ax.set_xticks(np.arange(time_steps) * (width + 1) + (width - 1) / 2, range(1, time_steps + 1))
        ax.tick_params(length=0)
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
        ax.set_title(title, loc="left", fontsize="medium")
    return axes
