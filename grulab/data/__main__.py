"""Fetch the IMDB reviews ahead of a build: ``python -m grulab.data``."""

import sys

from grulab.data.source import fetch

if __name__ == "__main__":
    try:
        print(fetch())
    except (ConnectionError, ValueError) as error:
        sys.exit(str(error))
