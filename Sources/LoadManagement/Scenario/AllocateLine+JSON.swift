import Foundation

extension AllocateLine {
    /// Answers one line of JSON with one line of JSON, without the line feed; `clock` counts microseconds from any start.
    public static func answer(_ line: Data, clock: () -> Int) -> Data {
        let answer: AllocateLine
        do {
            answer = AllocateLine(try JSONDecoder().decode(SingleScenario.self, from: line), clock: clock)
        } catch {
            let id = (try? JSONDecoder().decode(Named.self, from: line))?.id
            answer = .failed(id: id, error: sentence(error))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(answer)) ?? Data(#"{"error":"the answer cannot be written","id":null}"#.utf8)
    }

    private struct Named: Decodable {
        var id: String
    }

    private static func sentence(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context): "'\(path(context, key))' is missing"
        case .valueNotFound(_, let context): "'\(path(context))' is empty"
        case .typeMismatch(let type, let context): "'\(path(context))' is not a \(type)"
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "the line is no JSON object"
        case .dataCorrupted(let context): "'\(path(context))': \(context.debugDescription)"
        default: "the line cannot be read: \(error)"
        }
    }

    private static func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
        (context.codingPath + (last.map { [$0] } ?? [])).map { key in
            key.intValue.map { "\($0)" } ?? key.stringValue
        }.joined(separator: ".")
    }
}
