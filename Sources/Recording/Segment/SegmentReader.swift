import LoadManagement

/// Reads one segment tick by tick.
public final class SegmentReader {
    /// How the file ends.
    public enum Ending: Hashable, Sendable {
        /// With a whole tick.
        case complete
        /// In the middle of a tick: the host was ended while it wrote, or the file is being written.
        case cut
        /// With bytes that were changed after they were written.
        case damaged(RecordingError)
    }

    /// What the segment says of itself.
    public let header: SegmentHeader
    /// The memory before its first tick.
    public let memory: Memory
    /// Whether this program knows the same fields of the memory as the one that wrote it, so that digests can be compared.
    public let isMemoryComparable: Bool
    /// Fields that came after the recording was written, and were taken as empty.
    public private(set) var assumed: Set<String> = []
    /// How the file ended; nil before that.
    public private(set) var ending: Ending?

    private let bytes: [UInt8]
    /// Events have no example, so that nothing is ever assumed of them.
    private let eventNotes = DecodingNotes(.absent)
    private let state = SegmentState()
    private var place: Int
    private var limitsTree = Tree.absent
    private var limits: SiteLimits?

    /// Reads the beginning of a segment.
    ///
    /// Throws ``RecordingError`` for what is no recording, of another format, empty, damaged at its beginning, or of types
    /// that this program cannot read.
    public init(_ bytes: [UInt8]) throws(RecordingError) {
        let magic = SegmentState.magic
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.prefix(magic.count - 1).elementsEqual(magic.dropLast().prefix(bytes.count)) else {
            throw .noRecording
        }
        guard bytes.count >= magic.count else { throw .empty }
        guard bytes[magic.count - 1] == UInt8(RecordingError.format) else {
            throw .format(Int(bytes[magic.count - 1]))
        }
        let content: ArraySlice<UInt8>
        switch Frame.find(bytes, at: magic.count) {
        case .record(let found, let next): (content, place) = (found, next)
        case .end, .cut: throw .empty
        case .damaged: throw .damaged(at: magic.count)
        }
        var coder = TreeCoder(RangeDecoder(content), state.table)
        let (header, memory) = state.begin(&coder, .absent, 0, .absent)
        guard !coder.isDamaged, !coder.bits.isExhausted else { throw .damaged(at: magic.count) }
        self.bytes = bytes
        let program = header["program"]?.text ?? "?"
        do throws(TreeError) {
            self.header = try TreeDecoder.value(SegmentHeader.self, from: header)
        } catch {
            throw .mismatch(program: program, part: "its header", error)
        }
        do throws(TreeError) {
            self.memory = try TreeDecoder.value(
                Memory.self, from: memory, example: Examples.memory, assumed: &assumed)
        } catch {
            throw .mismatch(program: program, part: "its memory", error)
        }
        isMemoryComparable = (try? TreeEncoder.tree(self.memory)) == memory
    }

    /// The next tick; nil at the end, then ``ending`` says how it ended.
    ///
    /// Throws ``RecordingError/mismatch(program:part:_:)`` for a tick of types that this program cannot read.
    public func next() throws(RecordingError) -> ReadTick? {
        guard ending == nil else { return nil }
        let begin = place
        let content: ArraySlice<UInt8>
        switch Frame.find(bytes, at: place) {
        case .record(let found, let next): (content, place) = (found, next)
        case .end: return end(.complete)
        case .cut: return end(.cut)
        case .damaged: return end(.damaged(.damaged(at: begin)))
        }
        var coder = TreeCoder(RangeDecoder(content), state.table)
        let trees = state.tick(&coder, TickTrees())
        guard !coder.isDamaged, !coder.bits.isExhausted else { return end(.damaged(.damaged(at: begin))) }
        if limits == nil || trees.limits != limitsTree {
            limits = try value(SiteLimits.self, trees.limits, "the limits", Examples.limits)
            limitsTree = trees.limits
        }
        guard let limits else { return nil }
        return ReadTick(
            changes: try changes(trees.changes), now: trees.now, limits: limits,
            snapshot: try value(Snapshot.self, trees.snapshot, "the snapshot", Examples.snapshot),
            decision: trees.decision, digest: trees.digest)
    }

    private func end(_ ending: Ending) -> ReadTick? {
        self.ending = ending
        return nil
    }

    /// The same as decoding them as a whole, in two thirds of the time.
    private func changes(_ tree: Tree) throws(RecordingError) -> MemoryChanges {
        let part = "what happened"
        var changes = MemoryChanges(
            restarted: try value(Moment?.self, tree["restarted"] ?? .absent, part))
        for entry in tree["boxes"]?.fields ?? [] {
            var events: [MemoryChange] = []
            events.reserveCapacity(entry.value.elements.count)
            for element in entry.value.elements {
                let isForgotten = element.fields.first?.key == MemoryChange.Key.forgotten.rawValue
                events.append(isForgotten ? .forgotten : .event(try event(element, part)))
            }
            changes.boxes[entry.key] = events
        }
        return changes
    }

    private func event(_ tree: Tree, _ part: String) throws(RecordingError) -> BookingEvent {
        do throws(TreeError) { return try TreeDecoder.value(BookingEvent.self, from: tree, eventNotes) } catch {
            throw .mismatch(program: header.program, part: part, error)
        }
    }

    private func value<Value: Decodable>(
        _ type: Value.Type, _ tree: Tree, _ part: String, _ example: Tree = .absent
    ) throws(RecordingError) -> Value {
        do throws(TreeError) {
            return try TreeDecoder.value(type, from: tree, example: example, assumed: &assumed)
        } catch {
            throw .mismatch(program: header.program, part: part, error)
        }
    }
}

/// A tick that was read.
public struct ReadTick: Sendable {
    /// What happened to the memory since the tick before.
    public var changes: MemoryChanges
    /// When it was decided.
    public var now: Moment
    /// What does not change from tick to tick.
    public var limits: SiteLimits
    /// What was known of the site.
    public var snapshot: Snapshot
    /// What was decided, with the fields that the writer knew.
    public var decision: Tree
    /// The digest of the memory before anything of the tick happened; not every tick has it.
    public var digest: UInt64?
}
