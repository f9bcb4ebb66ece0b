extension ReplayDocument {
    /// The document as text.
    public var text: String {
        var lines: [String] = []
        var before = TickTrees()
        for tick in ticks {
            var fields = [Tree.Field("now", .int(tick.now))]
            if tick.changes["restarted"] ?? .absent != .absent || !(tick.changes["boxes"]?.fields ?? []).isEmpty {
                fields.append(.init("happened", tick.changes))
            }
            let parts = [
                ("limits", tick.limits.patch(from: before.limits)),
                ("snapshot", tick.snapshot.patch(from: before.snapshot)),
                ("decision", tick.decision.patch(from: before.decision)),
            ]
            for (name, patch) in parts { if let patch { fields.append(.init(name, patch)) } }
            lines.append("    " + Tree.record(fields).json)
            before = tick
        }
        return """
            {
              "schema": \(Tree.text(Self.schema).json),
              "name": \(Tree.text(name).json),
              "program": \(Tree.text(program).json),
              "memory": \(memory.json),
              "ticks": [
            \(lines.joined(separator: ",\n"))
              ]
            }

            """
    }

    /// Reads a document.
    ///
    /// Throws ``DocumentError`` for what is none.
    public init(text: [UInt8]) throws(DocumentError) {
        let tree: Tree
        do { tree = try Tree(json: text) } catch {
            if case .dataCorrupted(let context)? = error as? DecodingError {
                throw .noJSON(context.debugDescription)
            }
            throw .noJSON("\(error)")
        }
        guard let schema = tree["schema"]?.text else { throw .missing("schema") }
        guard schema == Self.schema else { throw .schema(schema) }
        guard let name = tree["name"]?.text else { throw .missing("name") }
        guard let program = tree["program"]?.text else { throw .missing("program") }
        guard let memory = tree["memory"] else { throw .missing("memory") }
        guard case .list(let elements)? = tree["ticks"] else { throw .missing("ticks") }
        var ticks: [TickTrees] = []
        var tick = TickTrees()
        for (place, element) in elements.enumerated() {
            guard case .int(let now)? = element["now"] else { throw .missing("ticks[\(place)].now") }
            tick.now = now
            tick.changes = element["happened"] ?? .record([.init("boxes", .record([]))])
            tick.limits = tick.limits.patched(element["limits"])
            tick.snapshot = tick.snapshot.patched(element["snapshot"])
            tick.decision = tick.decision.patched(element["decision"])
            ticks.append(tick)
        }
        guard !ticks.isEmpty else { throw .missing("ticks[0]") }
        self.init(name: name, program: program, memory: memory, ticks: ticks)
    }
}

/// Why a text is no document of a recording.
public enum DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no JSON.
    case noJSON(String)
    /// It is of another kind or version.
    case schema(String)
    /// A part is missing.
    case missing(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noJSON(let problem): "this is no JSON: \(problem)"
        case .schema(let schema):
            "schema \"\(schema)\" is unknown; this program reads \(ReplayDocument.schema); "
                + "replay it with the version that wrote it"
        case .missing(let part): "\(part) is missing; cut the document out of its recording again"
        }
    }
}
