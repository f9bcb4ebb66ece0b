import Foundation

/// Charge points out of Python that boot and send what they are told, each call after the answer to the one before.
struct SlaveLoad: Sendable {
    let python: String
    let connections: Int
    let calls: Int

    /// The Python of the virtual environment; nil when none is named.
    static var python: String? { ProcessInfo.processInfo.environment["CHARGEHOST_VENV"].map { $0 + "/bin/python3" } }

    private static let program = """
        import asyncio, json, sys, time
        from websockets.asyncio.client import connect
        port, connections, calls = (int(a) for a in sys.argv[1:4])
        status = {"connectorId": 1, "errorCode": "NoError", "status": "Available", "timestamp": "2026-11-21T08:30:00Z"}
        async def ask(socket, id, action, payload):
            await socket.send(json.dumps([2, id, action, payload]))
            while True:
                answer = json.loads(await socket.recv())
                if answer[0] == 2:
                    await socket.send(json.dumps([3, answer[1], {"status": "Rejected"}
                                                  if answer[2] != "GetConfiguration" else {}]))
                elif answer[1] == id:
                    assert answer[0] == 3, answer
                    return
        async def box(number):
            socket = await connect(f"ws://127.0.0.1:{port}/BOX{number}", subprotocols=["ocpp1.6"], compression=None,
                                   ping_interval=None, open_timeout=60)
            await ask(socket, "boot", "BootNotification", {"chargePointVendor": "V", "chargePointModel": "M"})
            for warm in range(12):
                await ask(socket, f"w{warm}", "Heartbeat", {})
            return socket
        async def load(socket):
            for number in range(calls):
                await ask(socket, str(number), "StatusNotification", status)
        async def main():
            print("ready", flush=True)
            sys.stdin.readline()
            sockets = []
            for start in range(0, connections, 50):
                sockets += await asyncio.gather(*(box(n) for n in range(start, min(start + 50, connections))))
            begin = time.perf_counter()
            await asyncio.gather(*(load(socket) for socket in sockets))
            print(connections * calls / max(time.perf_counter() - begin, 1e-9), flush=True)
            sys.stdin.readline()
        asyncio.run(main())
        """

    /// Connects and sends; the calls answered in a second, and by how much `measure` grew between start and end.
    func run(_ port: Int, measure: () -> Double = { 0 }) async throws -> (rate: Double, growth: Double) {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", Self.program, "\(port)", "\(connections)", "\(calls)"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        defer {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
        let (pieces, feed) = AsyncStream.makeStream(of: Data.self)
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { feed.finish() } else { feed.yield(data) }
        }
        defer { output.fileHandleForReading.readabilityHandler = nil }
        var source = pieces.makeAsyncIterator()
        guard await Self.line(&source) == "ready" else {
            throw BenchmarkFailure("the charge points did not start")
        }
        let before = measure()
        input.fileHandleForWriting.write(Data("\n".utf8))
        let figure = await Self.line(&source)
        guard let rate = Double(figure) else {
            throw BenchmarkFailure("\(connections) charge points with \(calls) calls gave \"\(figure)\"")
        }
        return (rate, measure() - before)
    }

    /// One line; the other side says nothing more before it is told something.
    private static func line(_ source: inout AsyncStream<Data>.Iterator) async -> String {
        var text = ""
        while !text.hasSuffix("\n"), let piece = await source.next() { text += String(decoding: piece, as: UTF8.self) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// A central system of the Python package ocpp, in a process of its own.
final class PythonCentralSystem {
    let process = Process()
    let port: Int

    private static let program = """
        import asyncio, logging
        from datetime import datetime, timezone
        from ocpp.routing import on
        from ocpp.v16 import ChargePoint, call_result
        from ocpp.v16.enums import Action
        from websockets.asyncio.server import serve
        now = lambda: datetime.now(timezone.utc).isoformat()
        class Box(ChargePoint):
            @on(Action.boot_notification)
            def boot(self, **_): return call_result.BootNotification(now(), 300, "Accepted")
            @on(Action.heartbeat)
            def beat(self, **_): return call_result.Heartbeat(now())
            @on(Action.status_notification)
            def status(self, **_): return call_result.StatusNotification()
        async def handler(socket):
            try: await Box(socket.request.path[1:], socket).start()
            except Exception: pass
        async def main():
            logging.getLogger("ocpp").setLevel(logging.CRITICAL)
            async with serve(handler, "127.0.0.1", 0, subprotocols=["ocpp1.6"], compression=None,
                             ping_interval=None) as server:
                print(server.sockets[0].getsockname()[1], flush=True)
                await asyncio.Future()
        asyncio.run(main())
        """

    init(_ python: String) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", Self.program]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkFailure("the Python central system did not start")
        }
        self.port = port
    }

    func stop() { process.terminate() }
}
