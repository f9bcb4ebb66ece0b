"""TCP servers that speak no Modbus. Usage: garbage.py KIND…; prints `port N` for each, in their order.

http: answers a request with a page of HTTP. mute: takes everything and says nothing. flood: sends without end, frames
that nobody asked for. closer: closes every connection at once. drip: sends one byte of a header a second.
"""

import socket
import sys
import threading
import time


def http(connection):
    connection.recv(100)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nhello")


def mute(connection):
    while connection.recv(4096):
        pass


def flood(connection):
    while True:
        connection.sendall(b"\x00\x01\x00\x00\x00\x05\x01\x03\x02\x00\x00" * 1000)


def closer(connection):
    pass


def drip(connection):
    for byte in b"\x00\x01\x00\x00\x00\x7f" + bytes(200):
        connection.sendall(bytes([byte]))
        time.sleep(1)


def serve(kind, listener):
    def talk(connection):
        try:
            kind(connection)
        except OSError:
            pass
        finally:
            connection.close()

    while True:
        connection, _ = listener.accept()
        threading.Thread(target=talk, args=(connection,), daemon=True).start()


for name in sys.argv[1:]:
    listener = socket.create_server(("127.0.0.1", 0))
    print("port", listener.getsockname()[1], flush=True)
    threading.Thread(target=serve, args=(globals()[name], listener), daemon=True).start()
sys.stdin.read()
