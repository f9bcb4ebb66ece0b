import Foundation
import Glibc
import Synchronization
import Testing

@testable import Host

/// The service manager's side of sd_notify(3): a datagram socket of the test.
final class ManagerSocket {
    let name: String
    private let descriptor: Int32

    /// Bound to a file, or to a name in the abstract space.
    init(isAbstract: Bool) throws {
        let path = FileManager.default.temporaryDirectory.path + "/n-" + UUID().uuidString.prefix(8)
        name = isAbstract ? "@chargehost-" + UUID().uuidString : path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = (isAbstract ? [0] : [UInt8(ascii: "/")]) + Array(name.utf8.dropFirst())
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let descriptor = descriptor
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
    }

    deinit {
        close(descriptor)
        if name.hasPrefix("/") { unlink(name) }
    }

    /// The next datagram; nil when none comes within `milliseconds`.
    func next(_ milliseconds: Int32 = 60_000) -> String? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, milliseconds) > 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count >= 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }
}

@Suite struct ServiceNotifierTests {
    @Test(arguments: [false, true]) func theManagerHearsEveryState(isAbstract: Bool) throws {
        let manager = try ManagerSocket(isAbstract: isAbstract)
        let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": manager.name]))
        notifier.ready("Garage\nEVIL=1: 3 devices")
        #expect(manager.next() == "READY=1\nSTATUS=Garage EVIL=1: 3 devices")
        notifier.reloading()
        let reloading = try #require(manager.next())
        #expect(reloading.hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
        notifier.stopping()
        #expect(manager.next() == "STOPPING=1")
        #expect(notifier.pulse == nil)
    }

    @Test func withoutAManagerThereIsNothingToTell() {
        #expect(ServiceNotifier(environment: [:]) == nil)
        #expect(ServiceNotifier(environment: ["NOTIFY_SOCKET": ""]) == nil)
        #expect(ServiceNotifier(environment: ["NOTIFY_SOCKET": "vsock:2:9999"]) == nil)
        #expect(ServiceNotifier(environment: ["NOTIFY_SOCKET": "/" + String(repeating: "a", count: 200)]) == nil)
    }

    @Test func aManagerThatIsGoneHoldsNothingUp() throws {
        let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": "/nonexistent/notify"]))
        notifier.ready("x")
        notifier.stopping()
    }

    /// sd_watchdog_enabled(3): the interval is in µs, half of it is advised, and another process's is not ours.
    @Test func thePulseIsHalfTheInterval() throws {
        func pulse(_ more: [String: String]) throws -> Duration? {
            let environment = ["NOTIFY_SOCKET": "/run/notify"].merging(more) { $1 }
            return try #require(ServiceNotifier(environment: environment, process: 42)).pulse
        }
        #expect(try pulse(["WATCHDOG_USEC": "30000000"]) == .seconds(15))
        #expect(try pulse(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42"]) == .seconds(15))
        #expect(try pulse(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "43"]) == nil)
        #expect(try pulse(["WATCHDOG_USEC": "soon"]) == nil)
        #expect(try pulse(["WATCHDOG_USEC": "0"]) == nil)
    }

    @Test func aHostThatDoesNotTickIsSilent() async throws {
        let manager = try ManagerSocket(isAbstract: true)
        let environment = ["NOTIFY_SOCKET": manager.name, "WATCHDOG_USEC": "20000"]
        let notifier = try #require(ServiceNotifier(environment: environment))
        let asked = Mutex(0)
        let watch = Task {
            await notifier.watch {
                asked.withLock { count in
                    count += 1
                    return count <= 3
                }
            }
        }
        for _ in 0..<3 { #expect(manager.next() == "WATCHDOG=1") }
        while asked.withLock({ $0 }) < 8 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(manager.next(0) == nil)
        watch.cancel()
    }
}
