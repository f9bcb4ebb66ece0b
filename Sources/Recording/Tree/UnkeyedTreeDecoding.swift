/// The elements of a list, as they are read.
struct UnkeyedTreeDecoding: UnkeyedDecodingContainer {
    let decoding: TreeDecoding
    let elements: [Tree]
    private(set) var currentIndex = 0

    init(decoding: TreeDecoding, elements: [Tree]) {
        self.decoding = decoding
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoding.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next() throws -> TreeDecoding {
        guard currentIndex < elements.count else {
            throw TreeError.missing(path: "\(decoding.path)[\(currentIndex)]")
        }
        defer { currentIndex += 1 }
        return decoding.child(elements[currentIndex], TreePlace(currentIndex))
    }

    mutating func decodeNil() -> Bool {
        guard currentIndex < elements.count, elements[currentIndex] == .absent else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }

    mutating func superDecoder() throws -> any Decoder { try next() }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().bool() }
    mutating func decode(_ type: String.Type) throws -> String { try next().text() }
    mutating func decode(_ type: Double.Type) throws -> Double { try next().double() }
    mutating func decode(_ type: Float.Type) throws -> Float { Float(try next().double()) }
    mutating func decode(_ type: Int.Type) throws -> Int { try next().number(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().number(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().number(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().number(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().number(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next().number(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().number(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().number(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().number(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().number(type) }
}
