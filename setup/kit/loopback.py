# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Servers on the loopback interface: a free port, and waiting until one answers."""

import contextlib
import random
import socket
import time
import urllib.error
import urllib.request

OURS = range(20000, 32000)
"""Below those that a system gives to connections: who listens at one of these a few
seconds later still finds it free."""
ATTEMPTS = 50


def free_port(preferred=0):
    """`preferred` if nobody listens there, else any free port of the loopback."""
    chosen = random.SystemRandom().sample(OURS, ATTEMPTS)
    for port in [preferred, *chosen] if preferred else chosen:
        with contextlib.suppress(OSError):
            return _bind(port)
    return _bind(0)


def _bind(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return probe.getsockname()[1]


def answers(process, address, patience):
    """Wait until the web server `process` answers at `address`; False where it ended
    or did not within so many seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False
