"""A driver for the tests. Its arguments are how it behaves, its version and its name; a device's address is what the
device does. With +car behind how it behaves, its boxes have a car each and are asked by the host."""
import json
import os
import signal
import subprocess
import sys
import threading
import time

HOW, _, MORE = sys.argv[1].partition("+")
VERSION = sys.argv[2] if len(sys.argv) > 2 else "1.0.0"
NAME = sys.argv[3] if len(sys.argv) > 3 else "peer"
LIMITS = {}


def send(message):
    message["jsonrpc"] = "2.0"
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def tell(method, **params):
    send({"method": method, "params": params})


def ask(method, **params):
    """Asks the host and waits; questions that come meanwhile are not expected in these tests."""
    send({"id": "q", "method": method, "params": params})
    while True:
        answer = json.loads(sys.stdin.readline())
        if answer.get("id") == "q" and "method" not in answer:
            return answer


def spin():
    while True:
        pass


def opened(request):
    device = request["params"]["device"]
    if HOW == "polled":
        send({"id": request["id"], "result": {"poll_s": 0.1}})
        return
    if request["params"].get("address") == "nowhere":
        send({"id": request["id"], "error": {"code": 1, "message": "there is nothing at nowhere"}})
        return
    send({"id": request["id"], "result": {"poll_s": 0.2} if MORE == "car" else {}})
    points = ["state", "current_limit", "current.l1", "current.l2", "current.l3", "power"] if MORE == "car" else []
    tell("described", device=device, description={
        "class": "meter" if HOW == "other-class" else "wallbox", "points": points, "charging": {"maximum_a": 16}})
    tell("link", device=device, state="online")
    tell("readings", device=device, readings=[{"point": "power", "value": 6.854, "unit": "kW"}])
    if HOW == "flood":
        while True:
            tell("frame", device=device)
    if HOW == "garbage":
        for _ in range(30):
            print("not a message", flush=True)
    if HOW == "chatty":
        for number in range(1000):
            print("line", number, "x" * 5000, file=sys.stderr, flush=True)
    if HOW == "memory":
        hoard = []
        while True:
            hoard.append(bytearray(1024 * 1024))
    if HOW == "fat":
        globals()["hoard"] = bytearray(b"x" * (100 * 1024 * 1024))
    if HOW == "forks":
        # Its own memory is small; that of the process it starts is not.
        subprocess.Popen([sys.executable, "-c", "import time; hoard = b'x' * (100 * 1024 * 1024); time.sleep(600)"])
    if HOW == "pry":
        for name, place in (("own folder", os.environ["TMPDIR"]), ("manifest's folder", os.getcwd())):
            try:
                with open(place + "/written", "w") as file:
                    file.write("x")
                print(f"{name}: written", file=sys.stderr, flush=True)
            except OSError as error:
                print(f"{name}: {error.strerror}", file=sys.stderr, flush=True)
        print("hidden folder:", os.listdir("data"), file=sys.stderr, flush=True)
    if HOW == "spin":
        threading.Thread(target=spin, daemon=True).start()
    if HOW == "never-reads":
        while True:
            time.sleep(60)
    if HOW == "long-line":
        sys.stdout.write("x" * 1_000_000 + "\n")
        sys.stdout.flush()


def car(device):
    """A car that takes what it is offered, on three phases."""
    limit = LIMITS.get(device, 0)
    amperes = limit if limit >= 6 else 0
    readings = [{"point": "state", "value": "C"}, {"point": "current_limit", "value": limit, "unit": "A"}]
    readings += [{"point": f"current.l{lane}", "value": amperes, "unit": "A"} for lane in (1, 2, 3)]
    return readings + [{"point": "power", "value": 690 * amperes, "unit": "W"}]


def command(request):
    told = request["params"]["command"].get("charge", {})
    if HOW == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if HOW == "hang":
        time.sleep(600)
    if HOW == "lies":
        send({"id": request["id"], "result": {"told": 32, "verified": True}})
        return
    if HOW == "store":
        device = request["params"]["device"]
        before = ask("store.get", device=device, key="count")["result"]["value"]
        answer = ask("store.set", device=device, key="count", value=str(int(before or 0) + 1))
        assert "result" in answer, answer
    if HOW == "slow":
        return
    if told == "off":
        told = {"current_a": 0}
    LIMITS[request["params"]["device"]] = told.get("current_a") or 0
    send({"id": request["id"], "result": {"told": told.get("current_a"), "verified": True}})


print("begins in", os.getcwd(), file=sys.stderr, flush=True)
if HOW == "dies" or HOW == "wrong" and not os.path.exists("right"):
    sys.exit(3)
for line in sys.stdin:
    try:
        request = json.loads(line)
        method = request.get("method")
    except (ValueError, AttributeError):
        continue
    if method == "describe":
        send({"id": request["id"], "result": {"api": 2 if HOW == "future" else 1, "name": NAME, "version": VERSION}})
    elif method == "open":
        opened(request)
    elif method == "read":
        if HOW == "polled" and request["params"]["device"] == "dead":
            send({"id": request["id"], "error": {"code": 2, "message": "no answer"}})
        elif MORE == "car":
            send({"id": request["id"], "result": {"readings": car(request["params"]["device"])}})
        else:
            send({"id": request["id"], "result": {"readings": [{"point": "state", "value": "C"}]}})
    elif method == "command":
        command(request)
    elif method == "cancel":
        tell("alarm", device="garage", text="cancelled")
    elif method not in ("ping", "close"):
        send({"id": request.get("id"), "error": {"code": -32601, "message": "no such method"}})
    elif "id" in request and method:
        if HOW == "mute" and method == "ping":
            continue
        send({"id": request["id"], "result": {}})
sys.exit(0)
