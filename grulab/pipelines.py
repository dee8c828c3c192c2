"""Keep TensorFlow from tuning the input of a training, since it can hold up the training for as long again.

Keras makes a pipeline that hands out the batches of an epoch, and TensorFlow a thread that tunes it: after
10 ms, then after twice as long, and so on. A pipeline that is let go waits for its thread. But the thread is
woken a moment before it can see that it should end, and then often sleeps on, about as long as the epoch took
(``Model::OptimizeLoop`` and ``CancellationManager`` of TensorFlow 2.21). Rows of arrays in memory leave
nothing to tune: the batches are the same, in the same order.
"""


def leave_untuned(options):
    """Have ``tf.data.experimental.AutotuneOptions`` say False where nobody has set ``enabled``."""
    given = options.enabled
    options.enabled = property(lambda self: bool(given.fget(self)), given.fset, given.fdel, given.__doc__)
