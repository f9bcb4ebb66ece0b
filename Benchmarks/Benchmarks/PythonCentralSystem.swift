import Foundation

/// A central system of the Python package ocpp, in a process of its own.
final class PythonCentralSystem {
    private let peer: PythonPeer
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
        peer = try PythonPeer(python, Self.program)
        guard let port = Int(peer.firstText().trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkFailure("the Python central system did not start")
        }
        self.port = port
    }

    var pid: Int32 { peer.pid }

    func stop() { peer.stop() }
}
