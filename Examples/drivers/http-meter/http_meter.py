"""A meter that shows its values as JSON over HTTP.

The address of a device is the URL of its document; the options of the device say where in it the values stand, and what
they are multiplied with. A path is made of names and places: `data.power`, `emeters[0].power`, `list["total"]`; `[*]`
stands for the phases 0, 1 and 2.
"""
import json
import re
import sys
import urllib.error
import urllib.request
from decimal import Decimal, InvalidOperation

NAME, VERSION = "http-meter", "1.0.0"
LARGEST = 1024 * 1024
TIMEOUT = 4
QUANTITIES = {
    "power": "W", "voltage": "V", "current": "A", "energy_import": "Wh", "energy_export": "Wh",
}
BAD_PARAMETERS, NO_METHOD = -32602, -32601
CONFIGURATION, UNREACHABLE, UNSUPPORTED = 1, 2, 8

STEP = re.compile(r"""\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[\*\]|\["([^"]*)"\]""")


class Failure(Exception):
    """What is answered instead of a result."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def steps(path):
    """The names and places of a path; "*" stands for the phase."""
    found, place = [], 0
    while place < len(path):
        match = STEP.match(path, place)
        if not match:
            raise Failure(CONFIGURATION, f"the path {path} is wrong from '{path[place:]}' on")
        name, index, quoted = match.groups()
        found.append(name or quoted or (int(index) if index else "*" if match[0] == "[*]" else ""))
        place = match.end()
    if not found:
        raise Failure(CONFIGURATION, "a path is empty")
    return found


def look_up(document, path):
    """What stands at a path; None where nothing does."""
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


class Meter:
    """One device."""

    def __init__(self, params):
        self.url = params.get("address", "")
        if not re.match(r"https?://[^\s]+$", self.url):
            raise Failure(CONFIGURATION, f"the address must be a URL such as http://192.168.1.9/status, not {self.url!r}")
        options = params.get("options", {})
        self.every = float(options.get("every", "1"))
        self.points, self.identity = [], {}
        for quantity, unit in QUANTITIES.items():
            if quantity not in options:
                continue
            factor = self.number(options.get(quantity + "_factor", "1"), quantity + "_factor")
            path = steps(options[quantity])
            if "*" in path:
                for phase in range(3):
                    real = [phase if step == "*" else step for step in path]
                    self.points.append((f"{quantity}.l{phase + 1}", real, factor, unit))
            else:
                self.points.append((quantity, path, factor, unit))
        if not self.points:
            raise Failure(CONFIGURATION, f"one of the options {', '.join(QUANTITIES)} must say where a value stands")
        for fact in ("vendor", "serial"):
            if fact in options:
                self.identity[fact] = steps(options[fact])

    @staticmethod
    def number(text, option):
        try:
            return Decimal(text)
        except InvalidOperation:
            raise Failure(CONFIGURATION, f"the option {option} must be a number, not {text!r}") from None

    def fetch(self):
        """The document, its numbers exact."""
        try:
            with urllib.request.urlopen(self.url, timeout=TIMEOUT) as answer:
                body = answer.read(LARGEST + 1)
        except urllib.error.HTTPError as error:
            raise Failure(UNREACHABLE, f"{self.url} answers {error.code} {error.reason}") from None
        except (OSError, ValueError) as error:
            raise Failure(UNREACHABLE, f"no answer from {self.url}: {getattr(error, 'reason', error)}") from None
        if len(body) > LARGEST:
            raise Failure(UNREACHABLE, f"{self.url} answers with more than {LARGEST} bytes")
        try:
            return json.loads(body, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise Failure(UNREACHABLE, f"what {self.url} answers is no JSON: {error}") from None

    def read(self, wanted):
        document = self.fetch()
        readings = []
        for point, path, factor, unit in self.points:
            if wanted is not None and point not in wanted:
                continue
            value = look_up(document, path)
            reading = {"point": point, "unit": unit}
            try:
                number = Decimal(value) if isinstance(value, (int, str, Decimal)) and not isinstance(value, bool) else None
            except InvalidOperation:
                number = None
            if number is None or not number.is_finite():
                reading["quality"] = "no-data"
            else:
                reading["value"] = number * factor
            readings.append(reading)
        return readings

    def identify(self):
        document = self.fetch()
        found = {fact: look_up(document, path) for fact, path in self.identity.items()}
        return {fact: str(value) for fact, value in found.items() if value is not None}


def text(value):
    """JSON with decimals as they are: no detour over binary numbers."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(str(name)) + ":" + text(item) for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text, value)) + "]"
    return json.dumps(value)


def send(**message):
    sys.stdout.write(text({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


METERS = {}


def meter(params):
    try:
        return METERS[params["device"]]
    except KeyError:
        raise Failure(CONFIGURATION, "no such device is open") from None


def describe(params):
    return {"api": 1, "name": NAME, "version": VERSION}


def open_device(params):
    if "device" not in params:
        raise Failure(BAD_PARAMETERS, "device is missing")
    opened = METERS[params["device"]] = Meter(params)
    description = {"class": "meter", "points": [point for point, *_ in opened.points]}
    send(method="described", params={"device": params["device"], "description": description})
    # The host asks for readings in this interval: nothing has to be done beside answering.
    return {"poll_s": min(max(opened.every, 0.1), 3600)}


def read(params):
    return {"readings": meter(params).read(params.get("points"))}


def identify(params):
    return {"identity": meter(params).identify()}


def command(params):
    meter(params)
    raise Failure(UNSUPPORTED, "a meter takes no commands")


def close(params):
    METERS.pop(params.get("device"), None)
    return {}


METHODS = {
    "describe": describe, "open": open_device, "read": read, "identify": identify, "command": command, "close": close,
    "ping": lambda params: {},
}


def answer(message):
    method = METHODS.get(message.get("method"))
    params = message.get("params") or {}
    try:
        if method is None:
            raise Failure(NO_METHOD, f"there is no method {message.get('method')!r}")
        if not isinstance(params, dict):
            raise Failure(BAD_PARAMETERS, "the parameters must be an object")
        send(id=message["id"], result=method(params))
    except Failure as failure:
        send(id=message["id"], error={"code": failure.code, "message": str(failure)})


def main():
    for line in sys.stdin:
        try:
            message = json.loads(line)
        except ValueError as error:
            send(id=None, error={"code": -32700, "message": f"the line is no JSON: {error}"})
            continue
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            send(id=None, error={"code": -32600, "message": "the line is no JSON-RPC 2.0 object"})
        elif "method" in message and "id" in message:
            answer(message)


if __name__ == "__main__":
    main()
