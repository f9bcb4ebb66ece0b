import LoadManagement

/// A piece of a recording that stands by itself, as text: a test that a site has written.
///
/// JSON, one tick a line. Snapshots, limits and decisions are given as what has changed since the tick before.
public struct ReplayDocument: Sendable {
    /// What it is called.
    public var name: String
    /// The version of the program that decided.
    public var program: String
    /// The memory before the first tick.
    private(set) var memory: Tree
    var ticks: [TickTrees]

    /// The kind of document, and its version.
    static let schema = "recording-test/1"

    /// Begins a document with the memory before its first tick.
    ///
    /// Throws ``RecordingError/notEncodable(_:)``.
    public init(name: String, program: String, memory: Memory) throws(RecordingError) {
        self.name = name
        self.program = program
        do { self.memory = try TreeEncoder.tree(memory) } catch { throw .notEncodable("\(error)") }
        ticks = []
    }

    /// Adds a tick as it was recorded.
    ///
    /// Throws ``RecordingError/notEncodable(_:)``.
    public mutating func add(_ tick: ReadTick) throws(RecordingError) {
        do {
            ticks.append(
                TickTrees(
                    now: tick.now, changes: try TreeEncoder.tree(tick.changes),
                    limits: try TreeEncoder.tree(tick.limits), snapshot: try TreeEncoder.tree(tick.snapshot),
                    decision: tick.decision))
        } catch {
            throw .notEncodable("\(error)")
        }
    }

    init(name: String, program: String, memory: Tree, ticks: [TickTrees]) {
        self.name = name
        self.program = program
        self.memory = memory
        self.ticks = ticks
    }

    /// Decides everything anew; times in the report are seconds since the first tick.
    ///
    /// Throws ``RecordingError/mismatch(program:part:_:)`` where this program cannot read the document.
    public func run() throws(RecordingError) -> ReplayReport {
        var report = ReplayReport()
        var assumed: Set<String> = []
        var replay = Replay(memory: try value(Memory.self, memory, "its memory", &assumed), comparesMemory: false)
        for (place, tick) in ticks.enumerated() {
            let read = try read(tick, place, &assumed)
            report.add(try replay.step(read), time: Double(tick.now &- (ticks.first?.now ?? 0)) / 1e9)
        }
        report.note(assumed: assumed, program: program)
        return report
    }

    /// The same document with the decisions that this program makes.
    ///
    /// Throws what ``run()`` throws.
    public func accepted(program: String) throws(RecordingError) -> ReplayDocument {
        var document = self
        document.program = program
        var assumed: Set<String> = []
        var replay = Replay(memory: try value(Memory.self, memory, "its memory", &assumed), comparesMemory: false)
        for place in ticks.indices {
            let step = try replay.step(try read(ticks[place], place, &assumed))
            do { document.ticks[place].decision = try TreeEncoder.tree(step.decision) } catch {
                throw .notEncodable("\(error)")
            }
        }
        return document
    }

    private func read(
        _ tick: TickTrees, _ place: Int, _ assumed: inout Set<String>
    ) throws(RecordingError) -> ReadTick {
        let part = "tick \(place + 1)"
        return ReadTick(
            changes: try value(MemoryChanges.self, tick.changes, part, &assumed), now: tick.now,
            limits: try value(SiteLimits.self, tick.limits, part, &assumed),
            snapshot: try value(Snapshot.self, tick.snapshot, part, &assumed), decision: tick.decision)
    }

    private func value<Value: Decodable>(
        _ type: Value.Type, _ tree: Tree, _ part: String, _ assumed: inout Set<String>
    ) throws(RecordingError) -> Value {
        do throws(TreeError) {
            return try TreeDecoder.value(type, from: tree, example: Examples.of(type), assumed: &assumed)
        } catch {
            throw .mismatch(program: program, part: part, error)
        }
    }
}
