"""What a benchmark starts ends with it, however it ends."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)
OWN = os.getpid()


def with_us():
    """For `preexec_fn`: SIGTERM to the child when this process has gone (prctl(2))."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != OWN:
        os._exit(1)


def in_order():
    """SIGTERM ends this process as an error does: what it started is ended, its folders are removed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
