import Recording

/// A piece of a recording that becomes a test.
struct RecordingCut {
    /// So many ticks are cut out at most.
    private static let most = 3600

    private let recorded: ReplayDocument
    private let anonymity: Anonymity

    /// Cuts out what is in the window.
    init(_ recording: RecordedSite, _ window: ReplayWindow, _ name: String) throws {
        var ticks: [ReadTick] = []
        var first: ReplayStart?
        _ = try recording.replay(window) { tick, time, start in
            if first == nil { first = start }
            guard ticks.isEmpty || start.isContinued else {
                throw CommandFailure(
                    .fallsShort,
                    "the recording has a gap at \(ReplayText.time(time)); cut out what is before or after it")
            }
            ticks.append(tick.recorded)
            guard ticks.count <= Self.most else {
                throw CommandFailure(.usage, "a test holds \(Self.most) ticks at most; give --from and --to")
            }
        }
        guard let first else { throw CommandFailure(.fallsShort, "nothing was recorded then") }
        var document = try ReplayDocument(name: name, program: first.program, memory: first.memory)
        for tick in ticks { try document.add(tick) }
        recorded = document
        anonymity = Anonymity(memory: first.memory, ticks: ticks)
    }

    /// The document; without names it must come to the same decisions.
    func document(anonymous: Bool) throws -> ReplayDocument {
        guard anonymous else { return recorded }
        let document = anonymity.applied(to: recorded)
        guard let report = try? document.run(), try report.differing == recorded.run().differing else {
            throw CommandFailure(
                .fallsShort,
                "the names cannot be taken out: one of them is also a word of the format; rename the box in the site file"
            )
        }
        return document
    }
}
