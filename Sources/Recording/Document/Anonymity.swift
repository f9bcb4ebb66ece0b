import LoadManagement

/// Takes the names of boxes and circuits out of a recording.
///
/// Names keep their order, for of boxes that are equal in everything else the name decides: the first becomes `box-1`, with
/// as many digits as the last one has.
public struct Anonymity: Sendable {
    private var names: [String: String] = [:]

    /// Names for everything that occurs in `ticks` and `memory`.
    public init(memory: Memory, ticks: [ReadTick]) {
        var boxes = Set(memory.bookings.keys)
        var nodes: Set<String> = []
        for tick in ticks {
            boxes.formUnion(tick.limits.boxes.map(\.id))
            boxes.formUnion(tick.snapshot.boxes.map(\.id))
            boxes.formUnion(tick.changes.boxes.keys)
            boxes.formUnion((tick.decision["boxes"]?.fields ?? []).map(\.key))
            nodes.formUnion(tick.limits.tree.nodes.map(\.id))
            nodes.formUnion(tick.snapshot.meters.keys)
            nodes.formUnion(tick.limits.loads.keys)
        }
        nodes.formUnion(memory.bookings.values.map(\.setup.node))
        add(boxes, "box-")
        add(nodes.subtracting(boxes), "circuit-")
    }

    private mutating func add(_ originals: Set<String>, _ prefix: String) {
        let digits = "\(originals.count)".count
        for (place, name) in originals.sorted().enumerated() {
            let number = "\(place + 1)"
            names[name] = prefix + String(repeating: "0", count: digits - number.count) + number
        }
    }

    /// The name that stands for `name`; itself if it is none of the names.
    public func name(_ name: String) -> String { names[name] ?? name }

    /// The document without names.
    ///
    /// Words of the format that are equal to a name stay: the fields that hold words are those in which anything but names
    /// stands somewhere.
    public func applied(to document: ReplayDocument) -> ReplayDocument {
        var words: Set<String> = []
        var trees = [document.memory]
        for tick in document.ticks { trees += [tick.changes, tick.limits, tick.snapshot, tick.decision] }
        for tree in trees { collectWords(tree, "", &words) }
        return ReplayDocument(
            name: document.name, program: document.program, memory: renamed(document.memory, "", words),
            ticks: document.ticks.map { tick in
                TickTrees(
                    now: tick.now, changes: renamed(tick.changes, "", words),
                    limits: renamed(tick.limits, "", words), snapshot: renamed(tick.snapshot, "", words),
                    decision: renamed(tick.decision, "", words))
            })
    }

    private func collectWords(_ tree: Tree, _ field: String, _ words: inout Set<String>) {
        switch tree {
        case .text(let text): if names[text] == nil { words.insert(field) }
        case .list(let elements): for element in elements { collectWords(element, field, &words) }
        case .record(let fields): for field in fields { collectWords(field.value, field.key, &words) }
        case .map(let fields): for entry in fields { collectWords(entry.value, field, &words) }
        default: break
        }
    }

    private func renamed(_ tree: Tree, _ field: String, _ words: Set<String>) -> Tree {
        switch tree {
        case .text(let text): return words.contains(field) ? tree : .text(name(text))
        case .list(let elements): return .list(elements.map { renamed($0, field, words) })
        case .record(let fields):
            return .record(fields.map { Tree.Field($0.key, renamed($0.value, $0.key, words)) })
        case .map(let fields):
            let entries = fields.map { Tree.Field(name($0.key), renamed($0.value, field, words)) }
            return .map(entries.sorted { $0.key < $1.key })
        default: return tree
        }
    }
}
