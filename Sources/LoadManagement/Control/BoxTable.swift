/// Something of every box, by its name, side by side in memory.
///
/// A place stays the same until a box is added or removed, so that within a tick boxes are reached without their names.
public struct BoxTable<Value> {
    /// The names, each at its place.
    public private(set) var keys: [String] = []
    /// What belongs to them, each at the same place.
    public internal(set) var values: [Value] = []
    private var places: [String: Int] = [:]
    /// Where something was changed last: what happens to a box is told several times, and to its neighbour next.
    private var latest = 0

    /// Makes a table of nobody.
    public init() {}

    /// Makes a table of what `values` holds.
    public init(_ values: [String: Value]) {
        for (key, value) in values.sorted(by: { $0.key < $1.key }) { self[key] = value }
    }

    /// How many boxes there are.
    public var count: Int { keys.count }

    /// Whether there is none.
    public var isEmpty: Bool { keys.isEmpty }

    /// The place of `key`; nil if it is not there. Found at once if it is at `hint`, as boxes mostly are in one order
    /// everywhere.
    public func index(forKey key: String, near hint: Int = .max) -> Int? {
        hint < keys.count && keys[hint] == key ? hint : places[key]
    }

    /// What belongs to `key`; setting nil removes it, and the last one takes its place.
    public internal(set) subscript(key: String) -> Value? {
        get { places[key].map { values[$0] } }
        set {
            switch (places[key], newValue) {
            case (let place?, let value?): values[place] = value
            case (nil, let value?):
                places[key] = keys.count
                keys.append(key)
                values.append(value)
            case (let place?, nil): remove(at: place)
            case (nil, nil): break
            }
        }
    }

    /// What belongs to `key`, or `standard` for one that is not there.
    public subscript(key: String, default standard: @autoclosure () -> Value) -> Value {
        places[key].map { values[$0] } ?? standard()
    }

    /// The place of `key`, which is added with `standard` if it is not there.
    mutating func place(_ key: String, near hint: Int, default standard: @autoclosure () -> Value) -> Int {
        if let place = index(forKey: key, near: hint) { return place }
        self[key] = standard()
        return keys.count - 1
    }

    /// Changes what belongs to `key` where it is; nothing if it is not there.
    @inline(__always)
    mutating func change(_ key: String, _ body: (inout Value) -> Void) {
        if latest + 1 < keys.count, keys[latest + 1] == key {
            latest += 1
        } else {
            guard let place = index(forKey: key, near: latest) else { return }
            latest = place
        }
        body(&values[latest])
    }

    private mutating func remove(at place: Int) {
        places[keys[place]] = nil
        let (key, value) = (keys.removeLast(), values.removeLast())
        guard place < keys.count else { return }
        keys[place] = key
        values[place] = value
        places[key] = place
    }

    /// What belongs to those for whom `isIncluded` holds, by name.
    public func filter(_ isIncluded: (String, Value) throws -> Bool) rethrows -> [String: Value] {
        try reduce(into: [:]) { kept, box in if try isIncluded(box.key, box.value) { kept[box.key] = box.value } }
    }

    /// What `transform` makes of each, by name.
    public func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> [String: Other] {
        try reduce(into: [:]) { mapped, box in mapped[box.key] = try transform(box.value) }
    }

    /// The same as a dictionary.
    public var byName: [String: Value] {
        Dictionary(uniqueKeysWithValues: zip(keys, values))
    }
}

extension BoxTable: ExpressibleByDictionaryLiteral {
    /// Makes a table of `elements`; the last of one name counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        for (key, value) in elements { self[key] = value }
    }
}

extension BoxTable: Sequence {
    /// The names with what belongs to them.
    public func makeIterator() -> some IteratorProtocol<(key: String, value: Value)> {
        zip(keys, values).lazy.map { (key: $0, value: $1) }.makeIterator()
    }
}

extension BoxTable: Sendable where Value: Sendable {}

extension BoxTable: Equatable where Value: Equatable {
    /// Whether both hold the same, in whatever order.
    public static func == (a: BoxTable, b: BoxTable) -> Bool {
        a.count == b.count
            && a.keys.indices.allSatisfy { place in
                b.places[a.keys[place]].map { b.values[$0] == a.values[place] } ?? false
            }
    }
}

extension BoxTable: Hashable where Value: Hashable {
    /// Feeds what it holds into `hasher`, in whatever order it is.
    public func hash(into hasher: inout Hasher) { hasher.combine(byName) }
}

extension BoxTable: Codable where Value: Codable {
    /// Reads an object by name.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([String: Value].self))
    }

    /// Writes an object by name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(byName)
    }
}
