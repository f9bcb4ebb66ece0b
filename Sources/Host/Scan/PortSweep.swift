import DriverAPI
import Foundation
import Glibc

/// Finds the TCP ports that accept a connection: many tries at once, none of which blocks.
struct PortSweep {
    /// One port of one host.
    struct Place: Hashable, Sendable {
        var host: String
        var port: Int
    }

    private struct Attempt {
        var place: Int
        var deadline: MonotonicTime
    }

    let places: [Place]
    /// How long a host may take to accept: the second try of a lost first packet comes after 1 s (RFC 6298, 2.1).
    var patience = Duration.milliseconds(1300)
    /// How many tries at once: below the 1024 descriptors that a process usually has.
    var width = 384

    /// The places that accepted, in their order; `progress` is told how many have been tried.
    func open(_ progress: @escaping @Sendable (Int) -> Void) async -> [Place] {
        await withCheckedContinuation { continuation in
            let thread = Foundation.Thread { continuation.resume(returning: sweep(progress)) }
            thread.name = "scan"
            thread.start()
        }
    }

    private func sweep(_ progress: (Int) -> Void) -> [Place] {
        let clock = SystemClock()
        var (next, done) = (0, 0)
        var accepted: [Int] = []
        var attempts: [Attempt] = []
        var entries: [pollfd] = []
        while next < places.count || !attempts.isEmpty {
            while next < places.count, attempts.count < width {
                switch begin(places[next]) {
                case .success(let descriptor):
                    attempts.append(Attempt(place: next, deadline: clock.now.advanced(by: patience)))
                    entries.append(pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0))
                case .failure(.full) where !attempts.isEmpty:
                    // No descriptor is left: this one waits until another has ended.
                    next -= 1
                case .failure: done += 1
                }
                next += 1
                if attempts.count + done < next { break }
            }
            guard let first = attempts.map(\.deadline).min() else { continue }
            let left = max(0, first.nanoseconds - clock.now.nanoseconds)
            poll(&entries, nfds_t(entries.count), Int32(clamping: left / 1_000_000 + 1))
            let now = clock.now
            for index in attempts.indices.reversed() {
                guard entries[index].revents != 0 || attempts[index].deadline <= now else { continue }
                if entries[index].revents != 0, hasConnected(entries[index].fd) {
                    accepted.append(attempts[index].place)
                }
                close(entries[index].fd)
                attempts.remove(at: index)
                entries.remove(at: index)
                done += 1
            }
            progress(done)
        }
        return accepted.sorted().map { places[$0] }
    }

    private enum Refusal: Error { case full, failed }

    /// A socket on its way to a connection.
    private func begin(_ place: Place) -> Result<Int32, Refusal> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        defer { if let list { freeaddrinfo(list) } }
        guard getaddrinfo(place.host, String(place.port), &hints, &list) == 0, let found = list?.pointee else {
            return .failure(.failed)
        }
        let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(found.ai_family, flags, 0)
        guard descriptor >= 0 else { return .failure(errno == EMFILE || errno == ENFILE ? .full : .failed) }
        if connect(descriptor, found.ai_addr, found.ai_addrlen) == 0 || errno == EINPROGRESS {
            return .success(descriptor)
        }
        close(descriptor)
        return .failure(.failed)
    }

    private func hasConnected(_ descriptor: Int32) -> Bool {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 && code == 0
    }
}
