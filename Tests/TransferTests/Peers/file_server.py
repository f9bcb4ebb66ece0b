#!/usr/bin/env python3
"""A file server with faults, on the standard library: HTTP(S) or FTP.

usage: file_server.py http|ftp FOLDER [--cert PEM --key PEM]
Says {"port": N} first, then one JSON document for each request. Paths of HTTP:
  /plain/NAME   the file; PUT stores it        /cut/NAME      the first answer breaks off in the middle
  /flaky/NAME   503 twice, then the file       /change/NAME   breaks off, then the file is another one
  /norange/NAME breaks off, and knows no ranges /private/NAME for user "box" with the password "open sesame"
  /slow/NAME    a byte now and then            /open/NAME     sends on to http://127.0.0.1:9/
"""
import base64, http.server, json, os, socket, socketserver, ssl, sys, threading, time

kind, folder = sys.argv[1:3]
asked = {}
lock = threading.Lock()


def say(**words):
    with lock:
        print(json.dumps(words), flush=True)


class Files(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        _, how, name = self.path.split("/", 2)
        range_ = self.headers.get("Range")
        say(method="GET", path=self.path, range=range_, condition=self.headers.get("If-Range"))
        with lock:
            asked[how] = number = asked.get(how, 0) + 1
        path = os.path.join(folder, name)
        if how == "flaky" and number <= 2:
            return self.send_error(503)
        if how == "open":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if how == "private":
            wanted = "Basic " + base64.b64encode(b"box:open sesame").decode()
            if self.headers.get("Authorization") != wanted:
                return self.send_error(401)
        if not os.path.exists(path):
            return self.send_error(404)
        with open(path, "rb") as file:
            content = file.read()
        if how == "change" and number > 1:
            content = content[::-1]
        tag = '"%s-%d"' % (how, 2 if how == "change" and number > 1 else 1)
        start = 0
        whole = len(content)
        partial = range_ and how != "norange" and self.headers.get("If-Range") in (None, tag)
        if partial:
            start = int(range_.removeprefix("bytes=").split("-")[0])
        self.send_response(206 if partial else 200)
        self.send_header("ETag", tag)
        if how != "norange":
            self.send_header("Accept-Ranges", "bytes")
        if partial:
            self.send_header("Content-Range", "bytes %d-%d/%d" % (start, whole - 1, whole))
        self.send_header("Content-Length", str(whole - start))
        self.end_headers()
        if how in ("cut", "change", "norange") and number == 1:
            self.wfile.write(content[: whole // 2])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if how == "slow":
            try:
                for byte in content:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                say(event="gone", path=self.path)
            return
        self.wfile.write(content[start:])

    def do_PUT(self):
        _, how, name = self.path.split("/", 2)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        say(method="PUT", path=self.path, bytes=len(body))
        with lock:
            asked[how] = number = asked.get(how, 0) + 1
        if how == "flaky" and number <= 2:
            return self.send_error(503)
        with open(os.path.join(folder, name), "wb") as file:
            file.write(body)
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()


class FTP(socketserver.StreamRequestHandler):
    """The little of RFC 959, 2428 and 3659 that fetching and storing need."""

    def tell(self, text):
        self.wfile.write((text + "\r\n").encode())

    def data(self):
        connection, _ = self.listener.accept()
        self.listener.close()
        return connection

    def handle(self):
        user, entered, rest, place = None, False, 0, ""
        self.tell("220 ready")
        for line in self.rfile:
            command, _, word = line.decode().strip().partition(" ")
            command = command.upper()
            path = os.path.join(folder, place, word.lstrip("/")) if word else folder
            if command == "USER":
                user = word
                self.tell("331 password")
            elif command == "PASS":
                entered = (user, word) == ("box", "open sesame")
                say(method="PASS", entered=entered)
                self.tell("230 in" if entered else "530 no")
            elif not entered and command != "QUIT":
                self.tell("530 first log in")
            elif command == "PWD":
                self.tell('257 "/"')
            elif command == "CWD":
                there = os.path.isdir(path)
                place = os.path.relpath(path, folder) if there else place
                self.tell("250 there" if there else "550 no")
            elif command == "MKD":
                os.makedirs(os.path.join(folder, place, word), exist_ok=True)
                self.tell('257 "%s"' % word)
            elif command == "EPSV":
                self.listener = socket.create_server(("127.0.0.1", 0))
                self.tell("229 here (|||%d|)" % self.listener.getsockname()[1])
            elif command == "TYPE":
                self.tell("200 so be it")
            elif command == "SIZE":
                self.tell("213 %d" % os.path.getsize(path) if os.path.isfile(path) else "550 none")
            elif command == "REST":
                rest = int(word)
                self.tell("350 from there")
            elif command == "RETR" and os.path.isfile(path):
                with lock:
                    asked["RETR"] = number = asked.get("RETR", 0) + 1
                say(method="RETR", name=word, rest=rest)
                with open(path, "rb") as file:
                    content = file.read()
                self.tell("150 it comes")
                connection = self.data()
                half = "cut" in word and number == 1
                connection.sendall(content[rest : len(content) // 2 if half else None])
                connection.close()
                rest = 0
                self.tell("426 broken off" if half else "226 done")
            elif command == "STOR":
                self.tell("150 send it")
                connection = self.data()
                with open(path, "wb") as file:
                    while piece := connection.recv(65536):
                        file.write(piece)
                connection.close()
                say(method="STOR", name=os.path.join(place, word))
                self.tell("226 done")
            elif command == "QUIT":
                return self.tell("221 bye")
            else:
                self.tell("550 no")


if kind == "http":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    if "--cert" in sys.argv:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[sys.argv.index("--cert") + 1], sys.argv[sys.argv.index("--key") + 1])
        server.socket = context.wrap_socket(server.socket, server_side=True)
else:
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), FTP)
server.daemon_threads = True
say(port=server.server_address[1])
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
server.serve_forever()
