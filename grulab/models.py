"""The Keras models of the course, one function each. Every function seeds nothing: the page does."""

import grulab.quiet  # noqa: F401
