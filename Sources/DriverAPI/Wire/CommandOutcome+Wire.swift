extension CommandOutcome {
    /// Reads `{"told": 10, "verified": true, "frames": ["…"]}`; without `verified` nothing was read back.
    package init(_ json: JSON, at path: String) throws(WireFault) {
        let fields = try WireFields(json, at: path)
        let told = try fields.number("told")
        if let told, told < 0 { throw .wrong(fields.place("told"), expected: "0 or more", found: "\(told)") }
        self.init(
            told: told, frames: Array(try fields.texts("frames")?.prefix(64) ?? []),
            verified: try fields.bool("verified") ?? false)
    }

    /// The outcome on the wire.
    package var json: JSON {
        var members: [String: JSON] = ["verified": .bool(verified)]
        if let told { members["told"] = .number(told) }
        if !frames.isEmpty { members["frames"] = .array(frames.map(JSON.string)) }
        return .object(members)
    }
}
