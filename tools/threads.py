"""Share the machine's threads among processes side by side: more than cores stand in each other's way."""

import os

# by these, TensorFlow and NumPy's OpenBLAS learn how many threads they may keep
NAMES = ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OPENBLAS_NUM_THREADS")


def share(processes: int):
    """Leave to what this process starts its part of the threads; what somebody has set stays."""
    part = max(1, (os.cpu_count() or 1) // processes)
    for name in NAMES:
        os.environ.setdefault(name, str(part))
