"""The socket of a service manager (sd_notify(3)), in the abstract space.

Prints `socket @NAME`, then every datagram on one line, its lines joined by blanks. Ends with its input.
"""

import os
import socket
import sys
import threading

name = f"chargehost-test-{os.getpid()}"
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind("\0" + name)
print("socket @" + name, flush=True)


def listen():
    while True:
        print(manager.recv(4096).decode().replace("\n", " "), flush=True)


threading.Thread(target=listen, daemon=True).start()
sys.stdin.read()
