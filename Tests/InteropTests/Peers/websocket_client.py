"""A WebSocket client on `websockets`, as an independent peer.

Usage: websocket_client.py URI SUBPROTOCOLS [USER PASSWORD [AUTHORITIES]]   SUBPROTOCOLS with commas, or "-".
Says "refused STATUS" or "open SUBPROTOCOL", then sends a text, one in fragments and one of 300,000 characters to an echo,
pings it, and closes; each step answers with a line.
"""

import asyncio
import ssl
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus


async def fragments():
    for number in range(5):
        yield f"piece {number} ä "


async def main():
    uri = sys.argv[1]
    offered = None if sys.argv[2] == "-" else sys.argv[2].split(",")
    extra = {}
    if len(sys.argv) > 4:
        import base64

        token = base64.b64encode(f"{sys.argv[3]}:{sys.argv[4]}".encode()).decode()
        extra["additional_headers"] = {"Authorization": "Basic " + token}
    if len(sys.argv) > 5:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(sys.argv[5])
        extra["ssl"] = context
    try:
        socket = await connect(uri, subprotocols=offered, max_size=1 << 22, ping_interval=None, **extra)
    except InvalidStatus as refusal:
        print("refused", refusal.response.status_code)
        return
    print("open", socket.subprotocol)
    await socket.send("hello ä")
    print("echo", await socket.recv())
    await socket.send(fragments())
    print("echo", await socket.recv())
    await socket.send("x" * 300_000)
    print("length", len(await socket.recv()))
    await (await socket.ping())
    print("pong")
    await socket.close(1000, "done")
    print("closed", socket.close_code)


asyncio.run(main())
