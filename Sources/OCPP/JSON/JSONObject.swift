/// A JSON object whose members keep the order in which they came. No name is in it twice.
///
/// Two objects are equal when they have the same members, whatever their order.
public struct JSONObject: Sendable {
    /// A name and its value.
    public struct Member: Hashable, Sendable {
        /// The property's name.
        public let name: String
        /// Its value.
        public let value: JSONValue
    }

    /// All members, in the order of their coming.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    init(unchecked members: [Member]) { self.members = members }

    /// The value of a property: nil when it is missing. Setting nil removes it.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let place = members.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): members[place] = Member(name: name, value: value)
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }
}

extension JSONObject: Hashable {
    /// Equal when both have the same members in any order.
    public static func == (one: JSONObject, other: JSONObject) -> Bool {
        if one.members == other.members { return true }
        return one.members.count == other.members.count && one.members.allSatisfy { other[$0.name] == $0.value }
    }

    /// Feeds the members, in an order that depends on their names only.
    public func hash(into hasher: inout Hasher) {
        for member in members.sorted(by: { $0.name < $1.name }) { hasher.combine(member) }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object with these members; of a name given twice the last value stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (name, value) in elements { self[name] = value }
    }
}
