import DriverAPI
import Foundation

/// One HTTP request, made with plain sockets on a thread of its own: a box in a home network is slow, and a driver must
/// not depend on what cannot be interrupted.
struct BoxRequest: Sendable {
    let host: String
    let port: String
    let path: String
    private static let longest = 64 * 1024

    /// The body of the answer; every wait in it ends after 4 s. Throws ``DriverError/unreachable(_:)``.
    func body() async throws(DriverError) -> [UInt8] {
        let result: Result<[UInt8], DriverError> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let result: Result<[UInt8], DriverError>
                do throws(DriverError) {
                    result = .success(try fetch())
                } catch {
                    result = .failure(error)
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    private func fetch() throws(DriverError) -> [UInt8] {
        let socket = try connected()
        defer { close(socket) }
        var request = Array("GET \(path) HTTP/1.0\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)[
            ...]
        while !request.isEmpty {
            let count = request.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw failure("the request cannot be sent") }
            request.removeFirst(count)
        }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(socket, &chunk, chunk.count, 0)
            if count < 0 { throw failure("no answer") }
            if count == 0 { break }
            answer += chunk[..<count]
            guard answer.count <= Self.longest else {
                throw .unreachable("\(host) answers with more than \(Self.longest) bytes")
            }
        }
        return try Self.body(of: answer, from: host)
    }

    private func connected() throws(DriverError) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, port, &hints, &list)
        guard code == 0 else {
            throw .unreachable("\(host) is not found: \(String(cString: gai_strerror(code)))")
        }
        defer { freeaddrinfo(list) }
        var place = list
        while let address = place?.pointee {
            let kind = address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
            let socket = socket(address.ai_family, kind, address.ai_protocol)
            var limit = timeval(tv_sec: 4, tv_usec: 0)
            setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            if socket >= 0, connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return socket }
            if socket >= 0 { close(socket) }
            place = address.ai_next
        }
        throw failure("no connection")
    }

    private func failure(_ what: String) -> DriverError {
        .unreachable("\(what): \(host):\(port): \(String(cString: strerror(errno)))")
    }

    private static func body(of answer: [UInt8], from host: String) throws(DriverError) -> [UInt8] {
        let words = answer.prefix(64).split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count == 3, words[0].starts(with: "HTTP/".utf8) else {
            throw .unreachable("what \(host) answers is no HTTP")
        }
        let status = String(decoding: words[1], as: UTF8.self)
        guard status == "200" else { throw .unreachable("\(host) answers \(status)") }
        let end = Array("\r\n\r\n".utf8)
        guard let head = answer.indices.first(where: { answer[$0...].starts(with: end) }) else {
            throw .unreachable("what \(host) answers ends in its head")
        }
        return Array(answer[(head + 4)...])
    }
}
