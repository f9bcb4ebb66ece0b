/// What `driver new --language python` writes: the driver of Documentation/driver-guide.md.
enum PythonDriverTemplate {
    /// The files by their names; the name of the driver is `my-meter` in them.
    static let files = ["driver.yaml": manifest, "my_meter.py": program, "peer.py": peer]

    /// The manifest.
    static let manifest = #"""
        api: 1
        name: my-meter
        version: 1.0.0
        program: [python3, my_meter.py]
        classes: [meter]
        memory: 64
        options:
          value: {type: text, default: watts, description: the member of the document that has the power in W}
        check:
          peer: [python3, peer.py]
          address: http://127.0.0.1:{port}/

        """#

    /// The program that plays the meter.
    static let peer = #"""
        """Plays the meter: prints its port, and answers every GET with the same document."""
        import http.server


        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = b'{"watts": 1234.5}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass


        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_address[1], flush=True)
        server.serve_forever()

        """#

    /// The driver.
    static let program = #"""
        """A meter that shows its power as {"watts": 1234.5}; the address of a device is the URL of that document."""
        import json
        import sys
        import urllib.request

        NAME, VERSION = "my-meter", "1.0.0"
        WRONG, UNREACHABLE, UNSUPPORTED, NO_METHOD = 1, 2, 8, -32601
        METERS = {}


        class Failure(Exception):
            """What is answered in place of a result."""

            def __init__(self, code, message):
                super().__init__(message)
                self.code = code


        def send(**message):
            print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)


        def open_device(params):
            device, address = params["device"], params.get("address", "")
            if not address.startswith(("http://", "https://")):
                raise Failure(WRONG, f"the address must be a URL, not {address!r}")
            METERS[device] = (address, params["options"]["value"])
            description = {"class": "meter", "points": ["power"]}
            send(method="described", params={"device": device, "description": description})
            return {"poll_s": 1}


        def read(params):
            if params["device"] not in METERS:
                raise Failure(WRONG, "no such device is open")
            address, member = METERS[params["device"]]
            try:
                with urllib.request.urlopen(address, timeout=4) as answer:
                    document = json.load(answer)
            except (OSError, ValueError) as error:
                raise Failure(UNREACHABLE, f"no answer from {address}: {error}") from None
            reading = {"point": "power", "unit": "W"}
            value = document.get(member) if isinstance(document, dict) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                reading["value"] = value
            else:
                reading["quality"] = "no-data"
            points = params.get("points") or ["power"]
            return {"readings": [reading] if "power" in points else []}


        def command(params):
            raise Failure(UNSUPPORTED, "a meter takes no commands")


        def close(params):
            METERS.pop(params["device"], None)
            return {}


        METHODS = {
            "describe": lambda params: {"api": 1, "name": NAME, "version": VERSION},
            "ping": lambda params: {},
            "open": open_device, "read": read, "command": command, "close": close,
        }


        def answer(request):
            try:
                method = METHODS.get(request["method"])
                if method is None:
                    raise Failure(NO_METHOD, f"there is no method {request['method']!r}")
                send(id=request["id"], result=method(request.get("params") or {}))
            except Failure as failure:
                send(id=request["id"], error={"code": failure.code, "message": str(failure)})


        for line in sys.stdin:
            try:
                message = json.loads(line)
            except ValueError as error:
                send(id=None, error={"code": -32700, "message": f"the line is no JSON: {error}"})
                continue
            if not isinstance(message, dict) or not isinstance(message.get("method", ""), str):
                send(id=None, error={"code": -32600, "message": "the line is no request"})
            elif "method" in message and "id" in message:
                answer(message)

        """#
}
