"""A meter to try the driver with: `python3 peer.py [PORT]` serves a document with three phases; it prints its port."""
import http.server
import json
import sys

DOCUMENT = {
    "info": {"maker": "Example", "serial": "M-4711"},
    "emeters": [{"voltage": 230.1, "current": 4.5}, {"voltage": 229.8, "current": 0}, {"voltage": 231, "current": None}],
    "total": {"kw": "1.0355", "import kWh": 12345.678},
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(DOCUMENT).encode() if self.path == "/status" else b"nothing here"
        self.send_response(200 if self.path == "/status" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
