"""A WebSocket server on `websockets`, as an independent peer.

Usage: websocket_server.py [CERTIFICATE KEY [CLIENT_AUTHORITIES]]   with TLS where a certificate is given.
Prints "port N", then one line for each connection: "open PATH USER SUBPROTOCOL", and what happens on it.
The first segment of the path says what it does: echo, fragments, big, ping, close; "auth" demands CP1 with the
password secret; "other" chooses no subprotocol.
"""

import asyncio
import base64
import http
import ssl
import sys
import urllib.parse

from websockets.asyncio.server import serve


def user_of(request):
    field = request.headers.get("Authorization", "")
    return base64.b64decode(field[6:]).decode() if field.startswith("Basic ") else ""


def admit(connection, request):
    if request.path.startswith("/auth") and user_of(request) != "CP1:secret":
        return connection.respond(http.HTTPStatus.UNAUTHORIZED, "who are you?\n")
    return None


def choose(connection, offered):
    if connection.request.path.startswith("/other"):
        return None
    return "ocpp1.6" if "ocpp1.6" in offered else None


async def pieces(count):
    for number in range(count):
        yield f"piece {number} ä "


async def handle(socket):
    path = urllib.parse.unquote(socket.request.path)
    print("open", path, user_of(socket.request) or "-", socket.subprotocol, flush=True)
    kind = path.split("/")[1]
    if kind == "fragments":
        await socket.send(pieces(5))
    elif kind == "big":
        await socket.send("x" * 300_000)
    elif kind == "ping":
        await (await socket.ping(b"are you there"))
        print("pong", flush=True)
    elif kind == "close":
        await socket.close(1012, "back soon")
    async for message in socket:
        await socket.send(message)
    print("closed", socket.close_code, socket.close_reason, flush=True)


async def main():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        if len(sys.argv) > 3:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(sys.argv[3])
    async with serve(
        handle, "127.0.0.1", 0, subprotocols=["ocpp1.6"], select_subprotocol=choose, process_request=admit,
        ssl=context, max_size=1 << 22, ping_interval=None,
    ) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())
