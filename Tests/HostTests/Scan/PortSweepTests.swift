import Glibc
import Testing

@testable import Host

/// Which ports accept a connection.
@Suite struct PortSweepTests {
    /// A socket on a free port of this machine that accepts; closed with its owner.
    private final class Door {
        let descriptor: Int32
        let port: Int

        init(isOpen: Bool = true) throws {
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = descriptor
            let port = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Bool in
                    bind(descriptor, address, size) == 0 && (!isOpen || listen(descriptor, 4) == 0)
                        && getsockname(descriptor, address, &size) == 0
                }
            }
            try #require(port)
            self.port = Int(UInt16(bigEndian: address.sin_port))
        }

        deinit { close(descriptor) }
    }

    @Test func openPortsAreFoundInTheirOrder() async throws {
        let doors = try [Door(), Door(isOpen: false), Door()]
        let places = doors.map { PortSweep.Place(host: "127.0.0.1", port: $0.port) }
        for width in [1, 2, 100] {
            var sweep = PortSweep(places: places)
            sweep.width = width
            #expect(await sweep.open { _ in } == [places[0], places[2]])
        }
        #expect(await PortSweep(places: []).open { _ in } == [])
        withExtendedLifetime(doors) {}
    }

    @Test func aHostWithoutAnAddressIsPassedOver() async throws {
        let door = try Door()
        let sweep = PortSweep(places: [
            .init(host: "no-such-host.invalid", port: 502), .init(host: "127.0.0.1", port: door.port),
        ])
        #expect(await sweep.open { _ in }.map(\.port) == [door.port])
        withExtendedLifetime(door) {}
    }
}
