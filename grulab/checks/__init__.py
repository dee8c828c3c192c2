"""Exercises that say where to look: checks in the notebook, hidden checks, and a grader for classes."""

from grulab.checks.attempted import is_attempted
from grulab.checks.progress import complete, progress
from grulab.checks.question import are_right, question

__all__ = ["are_right", "complete", "is_attempted", "progress", "question"]
