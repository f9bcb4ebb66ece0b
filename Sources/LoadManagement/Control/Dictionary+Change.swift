extension Dictionary {
    /// Changes the value of `key` where it is, without moving it out and in again; nothing if there is none.
    @inline(__always)
    mutating func change(_ key: Key, _ body: (inout Value) -> Void) {
        guard let place = index(forKey: key) else { return }
        body(&values[place])
    }

    /// Changes all values where they are.
    @inline(__always)
    mutating func changeAll(_ body: (inout Value) -> Void) {
        for place in indices { body(&values[place]) }
    }
}
