import DriverAPI
import Foundation
import Glibc

/// Tells the service manager how the host is doing: datagrams to the socket in `$NOTIFY_SOCKET` (sd_notify(3)).
///
/// A manager that takes nothing holds nothing up: what cannot be sent at once is dropped.
public struct ServiceNotifier: Sendable {
    /// How often the manager wants to hear that all is well, halved as it advises (sd_watchdog_enabled(3)); nil: never.
    public let pulse: Duration?
    private let address: [UInt8]

    /// The manager that started this process; nil where none did, or its socket is of no kind that can be had.
    public init?(
        environment: [String: String] = ProcessInfo.processInfo.environment, process: Int32 = getpid()
    ) {
        guard let name = environment["NOTIFY_SOCKET"], name.hasPrefix("/") || name.hasPrefix("@") else { return nil }
        // A leading @ stands for the NUL of a name in the abstract space (unix(7)).
        let bytes = name.hasPrefix("@") ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8)
        guard bytes.count > 1, bytes.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
        address = bytes
        let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == process } ?? true
        let interval = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        pulse = isOurs && interval > 0 ? .microseconds(max(1000, interval / 2)) : nil
    }

    /// The site is opened and ticks.
    public func ready(_ status: String) { send("READY=1\nSTATUS=\(Self.line(status))") }

    /// The site file is being read anew; ``ready(_:)`` ends it.
    public func reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=\(SystemClock().now.nanoseconds / 1000)")
    }

    /// The host is leaving.
    public func stopping() { send("STOPPING=1") }

    /// Says that all is well at every pulse, while `isWell`, until the task is cancelled.
    ///
    /// Where it is not, nothing is said, and the manager starts the process anew.
    public func watch(isWell: @escaping @Sendable () -> Bool) async {
        guard let pulse else { return }
        while !Task.isCancelled {
            if isWell() { send("WATCHDOG=1") }
            do { try await Task.sleep(for: pulse) } catch { return }
        }
    }

    private func send(_ text: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: address) }
        let head = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: place.sun_path)
        // A name in the abstract space ends where the length says; one of a file may have its NUL.
        let length = socklen_t(head + address.count + (address[0] == 0 ? 0 : 1))
        let bytes = Array(text.utf8)
        _ = withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), $0, length)
            }
        }
    }

    private static func line(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }
}
