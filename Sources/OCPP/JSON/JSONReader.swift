/// Reads one strict JSON text (RFC 8259) into a value: exact numbers, no name twice, bounded size and depth.
public struct JSONReader: Sendable {
    /// The largest text that is taken, in bytes.
    public var maximumBytes: Int
    /// The deepest nesting of arrays and objects that is taken. A StopTransaction frame has 6 levels.
    public var maximumDepth: Int

    /// A reader with its limits: by default 1 MiB and 16 levels.
    public init(maximumBytes: Int = 1 << 20, maximumDepth: Int = 16) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
    }

    /// The value that the text holds.
    public func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
        guard bytes.count <= maximumBytes else {
            throw .tooLarge(bytes: bytes.count, limit: maximumBytes)
        }
        let result: Result<JSONValue, JSONProblem> = bytes.withUnsafeBufferPointer { buffer in
            var cursor = JSONCursor(bytes: buffer, maximumDepth: maximumDepth)
            do throws(JSONProblem) {
                return .success(try cursor.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The value that the text holds.
    public func read(_ text: String) throws(JSONProblem) -> JSONValue {
        try read(Array(text.utf8))
    }
}
