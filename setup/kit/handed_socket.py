# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`handed_socket.py NUMBER COMMAND…`: COMMAND in place of this process, with the
listening socket that has this NUMBER here, handed over as systemd does (socket
activation): as the third file, with the number of the process in `LISTEN_PID`."""

import os
import sys

FIRST = 3

os.dup2(int(sys.argv[1]), FIRST)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
