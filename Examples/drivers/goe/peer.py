"""A go-e charger to try the driver with: `python3 peer.py [PORT]`; it prints its port. A car is plugged in and charges
whenever it may."""
import http.server
import json
import sys
import urllib.parse

VALUES = {
    "sse": "123456", "fwv": "60.3", "typ": "go-eCharger", "oem": "go-e", "var": 11, "ama": 16, "mca": 6, "err": 0,
    "eto": 1234567, "wh": 4321.5, "amp": 16, "frc": 0, "psm": 2, "cbl": 20,
}
WRITABLE = {"amp": range(6, 33), "frc": range(3), "psm": range(3)}


def status():
    amperes = min(VALUES["amp"], VALUES["ama"]) if VALUES["frc"] != 1 else 0
    lanes = [amperes if lane == 0 or VALUES["psm"] != 1 else 0 for lane in range(3)]
    powers = [230 * current for current in lanes]
    energy = [230, 230, 230, 0, *lanes, *powers, 0, sum(powers), 99, 99, 99, 0]
    return {**VALUES, "car": 2 if amperes else 4, "acu": amperes, "nrg": energy}


def change(query):
    answer = {}
    for key, text in urllib.parse.parse_qsl(query):
        value = json.loads(text)
        if key not in WRITABLE:
            answer[key] = "not writable"
        elif value not in WRITABLE[key]:
            answer[key] = "out of range"
        else:
            VALUES[key] = value
            answer[key] = True
    return answer


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        found = None
        if url.path == "/api/status":
            wanted = dict(urllib.parse.parse_qsl(url.query)).get("filter")
            found = {key: value for key, value in status().items() if wanted is None or key in wanted.split(",")}
        elif url.path == "/api/set":
            found = change(url.query)
        body = json.dumps(found).encode()
        self.send_response(404 if found is None else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
