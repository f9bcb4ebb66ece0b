import Glibc
import Testing

@testable import Network

@Suite struct ListenerTests {
    private static let page: HTTPHandler = { request in .text("\(request.local.host)") }

    private func withLoop(_ use: (NetworkLoop) async throws -> Void) async throws {
        let loop = NetworkLoop()
        try loop.start()
        do { try await use(loop) } catch {
            await loop.stop()
            throw error
        }
        await loop.stop()
    }

    @Test func exactlyTheAddressAskedForIsBound() async throws {
        try await withLoop { loop in
            let listener = try loop.listen(on: ListenAddress(host: "127.0.0.2", port: 0), handler: ListenerTests.page)
            #expect(listener.address.host == "127.0.0.2")
            #expect(listener.address.port != 0)
            #expect(try await ask(listener.address, get("/", listener.address)).text == "127.0.0.2")
        }
    }

    /// A listener on all addresses would leave no room for another one on the same port.
    @Test func otherAddressesStayFree() async throws {
        try await withLoop { loop in
            for _ in 0..<100 {
                let one = try loop.listen(on: ListenAddress(host: "127.0.0.2", port: 0), handler: ListenerTests.page)
                // Another program may have the port on the other address; then another port is tried.
                let other = ListenAddress(host: "127.0.0.3", port: one.address.port)
                if let two = try? loop.listen(on: other, handler: ListenerTests.page) {
                    #expect(try await ask(one.address, get("/", one.address)).text == "127.0.0.2")
                    #expect(try await ask(two.address, get("/", two.address)).text == "127.0.0.3")
                    return
                }
            }
            Issue.record("no port was free on both addresses")
        }
    }

    @Test(.enabled(if: ListenerTests.hasIPv6)) func allAddressesOfIPv6LeaveThoseOfIPv4Free() async throws {
        try await withLoop { loop in
            for _ in 0..<100 {
                let six = try loop.listen(on: ListenAddress(host: "::", port: 0), handler: ListenerTests.page)
                let all = ListenAddress(host: "0.0.0.0", port: six.address.port)
                if let four = try? loop.listen(on: all, handler: ListenerTests.page) {
                    let one = ListenAddress(host: "::1", port: six.address.port)
                    #expect(try await ask(one, get("/", one)).text == "::1")
                    let other = ListenAddress.loopback(port: four.address.port)
                    #expect(try await ask(other, get("/", other)).text == "127.0.0.1")
                    return
                }
            }
            Issue.record("no port was free on both families")
        }
    }

    @Test func allAddressesCanBeBound() async throws {
        try await withLoop { loop in
            let listener = try loop.listen(on: ListenAddress(host: "0.0.0.0", port: 0), handler: ListenerTests.page)
            for host in ["127.0.0.1", "127.0.0.3"] {
                let address = ListenAddress(host: host, port: listener.address.port)
                #expect(try await ask(address, get("/", address)).text == host)
                #expect(try await ask(address, "GET / HTTP/1.1\r\nHost: evil\r\n\r\n").status == 421)
            }
        }
    }

    @Test(.enabled(if: ListenerTests.hasIPv6)) func addressesOfIPv6AreBound() async throws {
        try await withLoop { loop in
            let listener = try loop.listen(on: ListenAddress(host: "::1", port: 0), handler: ListenerTests.page)
            #expect(listener.address.description == "[::1]:\(listener.address.port)")
            #expect(try await ask(listener.address, get("/", listener.address)).text == "::1")
        }
    }

    private static var hasIPv6: Bool {
        guard let (socket, _) = try? ListeningSocket.open(ListenAddress(host: "::1", port: 0)) else { return false }
        ListeningSocket.close(socket)
        return true
    }

    @Test func addressesThatCannotBeBoundSayWhy() async throws {
        try await withLoop { loop in
            let listener = try loop.listen(on: .loopback(), handler: ListenerTests.page)
            let cases: [(ListenAddress, NetworkError)] = [
                (listener.address, .addressInUse(listener.address)),
                (
                    ListenAddress(host: "192.0.2.1", port: 0),
                    .addressNotLocal(ListenAddress(host: "192.0.2.1", port: 0))
                ),
                (ListenAddress(host: "localhost", port: 0), .notNumeric(ListenAddress(host: "localhost", port: 0))),
                (ListenAddress(host: "", port: 0), .notNumeric(ListenAddress(host: "", port: 0))),
            ]
            for (address, expected) in cases {
                #expect(throws: expected) { try loop.listen(on: address, handler: ListenerTests.page) }
            }
            #expect(NetworkError.addressInUse(listener.address).description.contains("\(listener.address)"))
        }
    }

    @Test func listenersHaveTheirOwnHandlersAndPolicies() async throws {
        try await withLoop { loop in
            let one = try loop.listen(on: .loopback(), policy: .readOnly) { _ in .text("one") }
            let two = try loop.listen(on: .loopback()) { _ in .text("two") }
            #expect(try await ask(one.address, get("/", one.address)).text == "one")
            #expect(try await ask(two.address, get("/", two.address, method: "POST")).text == "two")
            #expect(try await ask(one.address, get("/", one.address, method: "POST")).status == 405)
        }
    }

    @Test func aClosedListenerFreesItsPortAndLeavesTheOthers() async throws {
        try await withLoop { loop in
            let one = try loop.listen(on: .loopback(), handler: ListenerTests.page)
            let two = try loop.listen(on: .loopback(), handler: ListenerTests.page)
            let client = try RawClient(one.address)
            let stream = RawStream(client)
            try await client.send(get("/", one.address))
            #expect(try await stream.response().status == 200)
            #expect(await one.connections() == 1)
            await one.close()
            #expect(await one.connections() == 0)
            #expect(try await stream.rest().isEmpty)
            #expect(throws: RawError.self) { try RawClient(one.address) }
            let again = try loop.listen(on: one.address, handler: ListenerTests.page)
            #expect(try await ask(again.address, get("/", again.address)).status == 200)
            #expect(try await ask(two.address, get("/", two.address)).status == 200)
            await one.close()
        }
    }

    @Test func aLoopThatDoesNotRunTakesNoListener() async throws {
        let loop = NetworkLoop()
        #expect(throws: NetworkError.notRunning) { try loop.listen(on: .loopback(), handler: ListenerTests.page) }
        try loop.start()
        try loop.start()
        await loop.stop()
        #expect(throws: NetworkError.notRunning) { try loop.listen(on: .loopback(), handler: ListenerTests.page) }
        #expect(throws: NetworkError.notRunning) { try loop.start() }
    }

    @Test func aLoopThatIsLetGoStops() async throws {
        var loop: NetworkLoop? = NetworkLoop()
        try loop?.start()
        let address = try #require(try loop?.listen(on: .loopback(), handler: ListenerTests.page).address)
        loop = nil
        #expect(await eventually { (try? RawClient(address)) == nil })
    }

    @Test func socketsLeaveLowDescriptorsFree() throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let (socket, _) = try ListeningSocket.open(.loopback())
        defer { ListeningSocket.close(socket) }
        #expect(limit.rlim_cur <= 1024 || socket >= 1024)
        #expect(HighDescriptor.moved(-1) == -1)
    }
}
