"""Start programs that hear Ctrl-C: tests that run in the background may have begun with it ignored."""

import signal
from functools import partial

# for subprocess.Popen(…, preexec_fn=hear_interrupts)
hear_interrupts = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
