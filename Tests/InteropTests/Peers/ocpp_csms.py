#!/usr/bin/env python3
"""A central system on the Python package ocpp, told what to do on standard input, one JSON document a line.

usage: ocpp_csms.py [--port N] [--store FILE] [--quiet] [--user NAME --password HEX]
                    [--cert PEM --key PEM [--ca PEM [--optional]]]
With --optional a client need not show a certificate; "cn" is the common name in the one it showed.
Says {"port": N} first. What came in follows on standard output:
  {"ev": "open", "cp", "path", "agent", "cn"}, {"ev": "close", "cp"}, {"ev": "in", "cp", "action", "id", "p"},
  {"ev": "refused", "why"}, {"ev": "answer", "frame"} to a raw call whose id begins with bad-
Orders, each answered with {"re": ORDER, ...}:
  {"do": "call", "action": "Reset", "p": {...}}          the result's payload, or an error
  {"do": "fault", "action": "StartTransaction", "mode": "silent|error|drop|delay|mute", "n": 3, "seconds": 1}
      mute takes the call and keeps its answer to itself
  {"do": "heal"}                                          forgets all faults
  {"do": "away", "seconds": 2}                            cuts the connection and lets nobody in for so long
  {"do": "boot", "status": "Pending", "interval": 5}
  {"do": "tag", "tag": "DEAD", "status": "Blocked"}
  {"do": "password", "hex": "..."}
  {"do": "drop"}                                          cuts the connection without a close
  {"do": "raw", "texts": ["..."], "n": 20}                sends each so often, as it is
  {"do": "giant", "bytes": 5000000}                       sends one message of that size
  {"do": "count"}                                         how many calls of each action were answered
With a store, transaction messages that were answered are kept over a restart, so that a repeat gets the same id.
"""
import argparse, asyncio, base64, collections, json, logging, ssl, sys, time
from datetime import datetime, timezone
from ocpp.charge_point import camel_to_snake_case
from ocpp.routing import on
from ocpp.v16 import ChargePoint as Base, call, call_result
from ocpp.v16.enums import Action
from websockets.asyncio.server import serve
from websockets.datastructures import Headers
from websockets.http11 import Response

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--store")
parser.add_argument("--quiet", action="store_true")
parser.add_argument("--user")
parser.add_argument("--password", default="")
parser.add_argument("--cert")
parser.add_argument("--key")
parser.add_argument("--ca")
parser.add_argument("--optional", action="store_true")
args = parser.parse_args()
logging.getLogger("ocpp").setLevel(logging.CRITICAL)
logging.getLogger("websockets").setLevel(logging.CRITICAL)

state = {"boot": "Accepted", "interval": 60, "tags": {}, "password": args.password, "away": 0}
faults, counts, starts = [], collections.Counter(), {}
point = None


def say(**words):
    print(json.dumps(words), flush=True)


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def key_of(start):
    return (start["connectorId"], start["timestamp"], start["idTag"], start["meterStart"])


store = None
if args.store:
    try:
        for line in open(args.store):
            entry = json.loads(line)
            if entry["action"] == "StartTransaction":
                starts[key_of(entry["p"])] = entry["tx"]
    except FileNotFoundError:
        pass
    store = open(args.store, "a", buffering=1)


def keep(action, payload, tx=None):
    if store:
        store.write(json.dumps({"action": action, "p": payload, "tx": tx}) + "\n")


class Wire:
    """A WebSocket that tells of every call and does what the faults say."""

    def __init__(self, socket, name):
        self.socket, self.name, self.last, self.muted = socket, name, {}, set()

    async def send(self, text):
        if self.muted and json.loads(text)[1] in self.muted:
            return
        await self.socket.send(text)

    async def recv(self):
        while True:
            text = await self.socket.recv()
            try:
                frame = json.loads(text)
            except ValueError:
                return text
            if not isinstance(frame, list) or len(frame) != 4 or frame[0] != 2:
                if isinstance(frame, list) and len(frame) > 2 and str(frame[1]).startswith("bad-"):
                    say(ev="answer", frame=frame)
                return text
            if not args.quiet:
                say(ev="in", cp=self.name, action=frame[2], id=frame[1], p=frame[3])
            fault = next((f for f in faults if f["action"] in (frame[2], "*") and f["n"] > 0), None)
            if fault:
                fault["n"] -= 1
                mode = fault["mode"]
                if mode == "silent":
                    continue
                if mode == "drop":
                    self.socket.transport.abort()
                    continue
                if mode == "mute":
                    self.muted.add(frame[1])
                if mode == "error":
                    await self.send(json.dumps([4, frame[1], "InternalError", "injected", {}]))
                    continue
                if mode == "delay":
                    await asyncio.sleep(fault["seconds"])
            counts[frame[2]] += 1
            self.last[frame[2]] = frame[3]
            return text


class Point(Base):
    def asked(self, action):
        return self._connection.last[action]

    def tag(self, tag):
        return {"status": state["tags"].get(tag, "Accepted")}

    @on(Action.boot_notification)
    def boot(self, **_):
        return call_result.BootNotification(now(), state["interval"], state["boot"])

    @on(Action.heartbeat)
    def heartbeat(self, **_):
        return call_result.Heartbeat(now())

    @on(Action.authorize)
    def authorize(self, id_tag, **_):
        return call_result.Authorize(self.tag(id_tag))

    @on(Action.status_notification)
    def status(self, **_):
        return call_result.StatusNotification()

    @on(Action.start_transaction)
    def transaction_started(self, **_):
        payload = self.asked("StartTransaction")
        number = starts.setdefault(key_of(payload), 70001 + len(starts))
        keep("StartTransaction", payload, number)
        return call_result.StartTransaction(number, self.tag(payload["idTag"]))

    @on(Action.stop_transaction)
    def transaction_stopped(self, **_):
        payload = self.asked("StopTransaction")
        keep("StopTransaction", payload, payload["transactionId"])
        return call_result.StopTransaction()

    @on(Action.meter_values)
    def meter(self, **_):
        payload = self.asked("MeterValues")
        if "transactionId" in payload:
            keep("MeterValues", payload, payload["transactionId"])
        return call_result.MeterValues()

    @on(Action.data_transfer)
    def transfer(self, **_):
        return call_result.DataTransfer("UnknownVendorId")

    @on(Action.diagnostics_status_notification)
    def diagnostics(self, **_):
        return call_result.DiagnosticsStatusNotification()

    @on(Action.firmware_status_notification)
    def firmware(self, **_):
        return call_result.FirmwareStatusNotification()

    @on(Action.security_event_notification)
    def security(self, **_):
        return call_result.SecurityEventNotification()

    @on(Action.log_status_notification)
    def log(self, **_):
        return call_result.LogStatusNotification()

    @on(Action.sign_certificate)
    def sign(self, **_):
        return call_result.SignCertificate("Accepted")


async def handler(socket):
    global point
    path = socket.request.path
    name = path.rsplit("/", 1)[-1]
    shown = socket.transport.get_extra_info("peercert") or {}
    names = {key: value for part in shown.get("subject", ()) for key, value in part}
    say(ev="open", cp=name, path=path, agent=socket.subprotocol, cn=names.get("commonName"))
    if socket.subprotocol != "ocpp1.6":
        return await socket.close(1002)
    mine = Point(name, Wire(socket, name), response_timeout=20)
    point = mine
    try:
        await mine.start()
        why = "ended"
    except Exception as error:
        why = repr(error)
    finally:
        if point is mine:
            point = None
    say(ev="close", cp=name, why=why)


def gate(connection, request):
    if time.monotonic() < state["away"]:
        return Response(503, "Service Unavailable", Headers({"Content-Length": "0"}), b"")
    if not args.user or args.optional and connection.transport.get_extra_info("peercert"):
        return None
    wanted = base64.b64encode(args.user.encode() + b":" + bytes.fromhex(state["password"])).decode()
    if request.headers.get("Authorization") == "Basic " + wanted:
        return None
    say(ev="refused", why=request.headers.get("Authorization"))
    return Response(
        401, "Unauthorized", Headers({"WWW-Authenticate": 'Basic realm="csms"', "Content-Length": "0"}), b"")


async def obey(order):
    what = order["do"]
    if what == "call":
        request = getattr(call, order["action"])(**camel_to_snake_case(order["p"]))
        result = await point.call(request, suppress=False)
        return {name: value for name, value in result.__dict__.items() if value is not None}
    if what == "fault":
        faults.append({"n": 1, "seconds": 1, **order})
    elif what == "boot":
        state["boot"], state["interval"] = order["status"], order.get("interval", state["interval"])
    elif what == "tag":
        state["tags"][order["tag"]] = order["status"]
    elif what == "password":
        state["password"] = order["hex"]
    elif what == "drop":
        point._connection.socket.transport.abort()
    elif what == "raw":
        for text in order["texts"] * order.get("n", 1):
            await point._connection.socket.send(text)
    elif what == "giant":
        await point._connection.socket.send("[" + " " * (order["bytes"] - 2) + "]")
    elif what == "heal":
        faults.clear()
    elif what == "away":
        state["away"] = time.monotonic() + order["seconds"]
        if point:
            point._connection.socket.transport.abort()
    elif what == "count":
        return dict(counts)
    return {}


async def answer(text):
    order = json.loads(text)
    try:
        say(re=order, **{"is": await obey(order)})
    except Exception as error:
        say(re=order, error=repr(error))


async def main():
    tls = None
    if args.cert:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(args.cert, args.key)
        if args.ca:
            tls.load_verify_locations(args.ca)
            tls.verify_mode = ssl.CERT_OPTIONAL if args.optional else ssl.CERT_REQUIRED
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with serve(
        handler, "127.0.0.1", args.port, subprotocols=["ocpp1.6"], process_request=gate, ssl=tls, compression=None,
        ping_interval=None,
    ) as server:
        say(port=server.sockets[0].getsockname()[1])
        jobs = set()
        while line := await reader.readline():
            if line.strip():
                job = asyncio.create_task(answer(line))
                jobs.add(job)
                job.add_done_callback(jobs.discard)


asyncio.run(main())
