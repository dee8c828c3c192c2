"""Import TensorFlow and Keras without the log lines that would land in the page.

While it is imported, TensorFlow writes time-stamped lines straight to file descriptor 2, where no
Python setting reaches them. ``from grulab.quiet import keras``, or ``import grulab.quiet`` before
``import keras``, points that descriptor at ``os.devnull`` for the length of the import, and asks
TensorFlow's own logger for silence afterwards.
Python's warnings stay as they are. This is the only place where the course does so.
Nor does TensorFlow tune the input of a training from here on: ``grulab.pipelines`` says why.
"""

import os
import sys
from contextlib import contextmanager

from grulab.pipelines import leave_untuned


@contextmanager
def silent_descriptor(descriptor=2):
    """Point a file descriptor at ``os.devnull`` inside the ``with`` block."""
    sys.stderr.flush()
    saved = os.dup(descriptor)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, descriptor)
        yield
    finally:
        os.dup2(saved, descriptor)
        os.close(nowhere)
        os.close(saved)


# 3, not 2: a masked GRU on some processors logs as an error that it takes another, equally right, way.
# What really fails raises an exception in Python as well.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

with silent_descriptor():
    import keras  # noqa: F401
    import tensorflow

    # the first look for graphics cards writes a line of its own where there is none
    tensorflow.config.list_physical_devices()
    # before 2.21 the first program that XLA compiles writes two, whatever the level: so here is a small one
    if tuple(map(int, tensorflow.__version__.split(".")[:2])) < (2, 21):
        tensorflow.function(lambda: tensorflow.zeros(()), jit_compile=True)()

leave_untuned(tensorflow.data.experimental.AutotuneOptions)
