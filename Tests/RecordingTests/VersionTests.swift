import LoadManagement
import Testing

@testable import Recording

/// Recordings of programs whose types had fewer fields.
struct VersionTests {
    /// The segment with `change` done to its trees before they are written.
    private func older(
        _ ticks: [RecordedTick], program: String = "0.0.9", _ change: (inout TickTrees) -> Void,
        memory changeMemory: (Tree) -> Tree = { $0 }
    ) throws -> [UInt8] {
        let state = SegmentState()
        let first = try #require(ticks.first)
        let header = SegmentHeader(program: program, number: 1, wallClock: 0, clock: first.tick.now, cause: .started)
        var coder = TreeCoder(RangeEncoder(), state.table)
        _ = state.begin(
            &coder, try TreeEncoder.tree(header), first.tick.now, changeMemory(try TreeEncoder.tree(first.before)))
        var bytes = SegmentState.magic + Frame.framed(coder.bits.finish())
        for recorded in ticks {
            let tick = recorded.tick
            var trees = TickTrees(
                now: tick.now, changes: try TreeEncoder.tree(tick.changes), limits: try TreeEncoder.tree(tick.limits),
                snapshot: try TreeEncoder.tree(tick.snapshot), decision: try TreeEncoder.tree(tick.decision), digest: 0)
            change(&trees)
            var coder = TreeCoder(RangeEncoder(), state.table)
            _ = state.tick(&coder, trees)
            bytes += Frame.framed(coder.bits.finish())
        }
        return bytes
    }

    private func ticks() throws -> [RecordedTick] {
        var site = try DrivenSite(boxes: 3, seed: 4, luck: .calm)
        for _ in 0..<10 { _ = site.tick() }
        return (0..<40).map { _ in site.tick() }
    }

    @Test func fieldsThatCameLaterHaveTheirDefaults() throws {
        let bytes = try older(try ticks()) { trees in
            trees.limits = trees.limits.without("calm").without("budgets")
            trees.snapshot = trees.snapshot.without("priority")
            trees.decision = trees.decision.without("isBlind")
        } memory: {
            $0.without("isLost").without("meters")
        }
        let reader = try SegmentReader(bytes)
        #expect(!reader.isMemoryComparable)
        var replay = Replay(reader)
        var report = ReplayReport()
        while let tick = try reader.next() {
            #expect(tick.limits.calm == Calm())
            report.add(try replay.step(tick), time: 0)
        }
        #expect(report.ticks == 40)
        #expect(report.memoryDiffersFrom == nil, "it cannot be compared")
        #expect(
            reader.assumed.isSuperset(of: ["calm", "budgets", "boxes.*.priority", "bookings.*.isLost", "meters"]),
            "\(reader.assumed)")
    }

    @Test func whatHasNoDefaultIsAnErrorThatNamesTheVersion() throws {
        let bytes = try older(try ticks()) { $0.changes = $0.changes.without("at") }
        let reader = try SegmentReader(bytes)
        let error = #expect(throws: RecordingError.self) { try reader.next() }
        let text = try #require(error).description
        #expect(text.contains("0.0.9"))
        #expect(text.contains("what happened: ") && text.contains("at is missing"))
    }

    @Test func aFieldThatIsGoneIsADifference() throws {
        let bytes = try older(try ticks()) { trees in
            guard case .record(let fields) = trees.decision else { return }
            trees.decision = .record(fields + [.init("gone", .int(5))])
        }
        let (report, _) = try replayed(bytes)
        #expect(report.differing == 40)
        #expect(report.differingTicks.first?.differences.map(\.description) == ["gone: recorded 5, now nothing"])
    }
}

extension Tree {
    /// The tree without the fields named `name`, wherever they are.
    func without(_ name: String) -> Tree {
        switch self {
        case .list(let elements): .list(elements.map { $0.without(name) })
        case .record(let fields):
            .record(fields.filter { $0.key != name }.map { Field($0.key, $0.value.without(name)) })
        case .map(let entries): .map(entries.map { Field($0.key, $0.value.without(name)) })
        default: self
        }
    }
}
