import Foundation

/// A headless Chromium, led by `Peers/page_browser.py`.
final class Browser {
    private let peer: Peer
    private var answers = 0

    /// Starts it; it takes a while on a busy machine.
    init() async throws {
        peer = try Programs.python("page_browser.py", [])
        _ = try await answer()
    }

    /// Opens a page; without WebSocket where `socket` is false.
    func open(_ url: String, socket: Bool = true) async throws {
        try await order(["do": "open", "url": url, "socket": socket])
    }

    /// What a script returns, as text.
    func look(_ script: String) async throws -> String {
        let found = try await order(["do": "look", "script": script])
        return found as? String ?? "\(found)"
    }

    /// Waits until a script returns `wanted`; fails after a minute with what it returned last.
    func wait(for wanted: String, _ script: String) async throws {
        var last = ""
        for _ in 0..<600 {
            last = try await look(script)
            if last == wanted { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(description: "\(script) never was \(wanted); last: \(last)")
    }

    func size(_ width: Int, _ scheme: String) async throws {
        try await order(["do": "size", "width": width, "scheme": scheme])
    }

    /// Texts that can hardly be read.
    func contrast() async throws -> [String] { try await order(["do": "contrast"]) as? [String] ?? ["no list"] }

    /// What the console has said since the last question.
    func log() async throws -> [String] { try await order(["do": "log"]) as? [String] ?? ["no list"] }

    /// A picture of the whole page in the file at `path`.
    func shot(_ path: String) async throws { try await order(["do": "shot", "path": path]) }

    /// Ends it with its driver.
    func close() async throws {
        peer.closeInput()
        _ = try await peer.end()
    }

    @discardableResult
    private func order(_ order: [String: any Sendable]) async throws -> Any {
        let data = try JSONSerialization.data(withJSONObject: order, options: .withoutEscapingSlashes)
        peer.send(String(decoding: data, as: UTF8.self))
        return try await answer()
    }

    private func answer() async throws -> Any {
        let line = try await peer.line(from: answers) { $0.hasPrefix("{") }
        answers = (peer.lines.firstIndex(of: line, from: answers) ?? answers) + 1
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return object?["is"] ?? ""
    }
}

extension [String] {
    fileprivate func firstIndex(of line: String, from start: Int) -> Int? { self[start...].firstIndex(of: line) }
}
