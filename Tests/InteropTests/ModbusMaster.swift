import Foundation
import Testing

/// A master we did not write, asking one request after the other.
struct ModbusMaster {
    struct Answer: Decodable, Equatable {
        var words: [Int]?
        var exception: Int?
        var error: String?

        /// Whether what was written was taken.
        var isTaken: Bool { exception == nil && error == nil }
    }

    let peer: Peer
    var unit = 1

    /// Asks over Modbus TCP.
    static func tcp(_ port: Int, unit: Int = 1) throws -> ModbusMaster {
        ModbusMaster(peer: try Programs.python("modbus_client.py", ["tcp", "\(port)"]), unit: unit)
    }

    /// Asks over a serial line.
    static func serial(_ path: String, unit: Int = 1) throws -> ModbusMaster {
        ModbusMaster(peer: try Programs.python("modbus_client.py", ["rtu", path, "9600", "N"]), unit: unit)
    }

    func read(_ address: Int, _ count: Int = 1, function: Int = 3) async throws -> Answer {
        try await ask(["function": function, "address": address, "count": count])
    }

    @discardableResult
    func write(_ address: Int, _ words: [Int], function: Int? = nil) async throws -> Answer {
        try await ask([
            "function": function ?? (words.count == 1 ? 6 : 16), "address": address, "words": words,
            "count": words.count,
        ])
    }

    /// Reads until `condition` holds; fails after a minute.
    func wait(
        _ address: Int, _ count: Int = 1, line: Int = #line, until condition: ([Int]) -> Bool
    ) async throws -> [Int] {
        var last: Answer?
        for _ in 0..<600 {
            let answer = try await read(address, count)
            if let words = answer.words, condition(words) { return words }
            last = answer
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(
            description: "line \(line): register \(address) never came to that; last \(String(describing: last))")
    }

    func end() async throws { try await peer.stop(SIGKILL) }

    private func ask(_ request: [String: Any]) async throws -> Answer {
        var request = request
        request["unit"] = unit
        let before = peer.lines.count
        peer.send(String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self))
        let line = try await peer.line(from: before) { $0.hasPrefix("{") }
        return try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
    }
}
