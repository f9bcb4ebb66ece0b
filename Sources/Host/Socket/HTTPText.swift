import Foundation

/// The little of HTTP/1.1 (RFC 9112) that a local socket needs: one request and one answer a connection.
enum HTTPText {
    static let maximumBody = 1 << 20

    /// What has arrived so far.
    enum Progress {
        case incomplete
        case complete(ControlRequest)
        case bad(ControlResponse)
    }

    static func request(_ bytes: [UInt8]) -> Progress {
        guard let (lines, bodyStart) = head(bytes) else {
            return bytes.count > 16384 ? .bad(.problem(400, "head", "the request's head is too long")) : .incomplete
        }
        let words = (lines.first ?? "").split(separator: " ").map(String.init)
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
            return .bad(.problem(400, "request", "the first line is no HTTP request"))
        }
        guard let length = length(lines) else { return .bad(.problem(400, "length", "Content-Length is no number")) }
        guard length <= maximumBody else { return .bad(.problem(413, "length", "the body is larger than 1 MiB")) }
        guard bytes.count >= bodyStart + length else { return .incomplete }
        var parts = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = parts.removeFirst().removingPercentEncoding ?? "/"
        return .complete(
            ControlRequest(
                method: words[0], path: path, query: query(parts.first ?? ""),
                body: Array(bytes[bodyStart..<bodyStart + length])))
    }

    static func text(_ response: ControlResponse) -> [UInt8] {
        let fields = response.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
        let head =
            "HTTP/1.1 \(response.status) \(ControlResponse.reason(response.status))\r\n"
            + "Content-Type: \(response.type)\r\nContent-Length: \(response.body.count)\r\n"
            + "Cache-Control: no-store\r\n\(fields)Connection: close\r\n\r\n"
        return Array(head.utf8) + response.body
    }

    static func text(_ request: ControlRequest) -> [UInt8] {
        var path = request.path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "/"
        if !request.query.isEmpty {
            var components = URLComponents()
            components.queryItems = request.query.sorted { $0.key < $1.key }.map {
                URLQueryItem(name: $0.key, value: $0.value)
            }
            path += "?" + (components.percentEncodedQuery ?? "")
        }
        let head =
            "\(request.method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(request.body.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + request.body
    }

    /// The answer in the bytes of a closed connection.
    static func response(_ bytes: [UInt8]) -> ControlResponse? {
        guard let (lines, bodyStart) = head(bytes), let status = lines.first?.split(separator: " ").dropFirst().first,
            let code = Int(status)
        else { return nil }
        let type = lines.dropFirst().first { $0.lowercased().hasPrefix("content-type:") }
        return ControlResponse(
            status: code, type: type.map { $0.dropFirst(13).trimmingCharacters(in: .whitespaces) } ?? "",
            body: Array(bytes[bodyStart...]))
    }

    private static func head(_ bytes: [UInt8]) -> ([String], Int)? {
        guard bytes.count >= 4 else { return nil }
        for i in 0...bytes.count - 4 where bytes[i] == 13 && bytes[i..<i + 4].elementsEqual([13, 10, 13, 10]) {
            return (String(decoding: bytes[..<i], as: UTF8.self).components(separatedBy: "\r\n"), i + 4)
        }
        return nil
    }

    private static func length(_ lines: [String]) -> Int? {
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-length:") }) else { return 0 }
        return Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces)).flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func query(_ text: String) -> [String: String] {
        var components = URLComponents()
        components.percentEncodedQuery = text
        return Dictionary(
            (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { _, last in last })
    }
}
