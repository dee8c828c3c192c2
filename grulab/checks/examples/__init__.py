"""The example checks of each exercise: instant, always the same, with a sentence for each known mistake.

One module an exercise, named as ``question`` names it (``ex01``), with one function a question, named as the
answer is. The order of the functions is the order of the questions.
"""
