import Foundation
import LoadManagement
import Recording

/// The recordings of a site, one segment after the other.
struct RecordedSite {
    private struct Segment {
        let file: String
        let header: SegmentHeader
    }

    private let segments: [Segment]
    private let notes: [String]
    private let isDamaged: Bool

    /// Looks into `files`. A single one that cannot be read is an error; among several it is a note.
    init(_ files: [String]) throws {
        var segments: [Segment] = []
        var notes: [String] = []
        var isDamaged = false
        for file in files {
            do throws(RecordingError) {
                segments.append(Segment(file: file, header: try SegmentReader(try Self.bytes(file)).header))
            } catch {
                guard files.count > 1 else { throw CommandFailure(.fallsShort, "\(file): \(error)") }
                notes.append("\(file): \(error)")
                if error != .empty { isDamaged = true }
            }
        }
        guard !segments.isEmpty else {
            throw CommandFailure(.fallsShort, notes.joined(separator: "\n"))
        }
        (self.segments, self.notes, self.isDamaged) = (segments, notes, isDamaged)
    }

    /// When the first tick was, in seconds since 1970.
    var begin: Double { segments.first.map { Double($0.header.wallClock) } ?? 0 }

    /// Replays what is in the window; `visit` sees every tick in it with its time, and the memory before it.
    func replay(
        _ window: ReplayWindow, visit: (ReplayedTick, Double, ReplayStart) throws -> Void
    ) throws -> ReplayReport {
        var report = ReplayReport()
        report.notes = notes
        report.isDamaged = isDamaged
        var before: (replay: Replay, header: SegmentHeader)?
        for (place, segment) in segments.enumerated() {
            let next = place + 1 < segments.count ? segments[place + 1].header : nil
            if let next, Double(next.wallClock) <= window.from { continue }
            if Double(segment.header.wallClock) > window.to { break }
            let reader = try SegmentReader(try Self.bytes(segment.file))
            let isNext = before.map { $0.header.number + 1 == reader.header.number } ?? false
            var start = ReplayStart(memory: reader.memory, program: reader.header.program, isContinued: true)
            if case .full = reader.header.cause, isNext, let before {
                report.compare(before.replay.memory, with: reader)
            } else {
                start.isContinued = false
            }
            note(reader.header, isFirst: before == nil, &report)
            var replay = Replay(reader)
            while let tick = try reader.next() {
                start.memory = replay.memory
                let time = reader.header.wallClock(at: tick.now)
                let replayed = try replay.step(tick)
                guard time >= window.from else { continue }
                if time > window.to { break }
                report.add(replayed, time: time)
                try visit(replayed, time, start)
                start.isContinued = true
            }
            report.note(assumed: reader.assumed, program: reader.header.program)
            note(reader.ending, segment.file, &report)
            before = (replay, reader.header)
        }
        return report
    }

    private func note(_ header: SegmentHeader, isFirst: Bool, _ report: inout ReplayReport) {
        let time = ReplayText.time(Double(header.wallClock))
        switch header.cause {
        case .started where !isFirst: report.notes.append("\(time): the host started anew")
        case .gap(let missing):
            report.notes.append("\(time): \(missing) ticks before are missing, for the disk was slow or full")
        case .started, .full: break
        }
    }

    private func note(_ ending: SegmentReader.Ending?, _ file: String, _ report: inout ReplayReport) {
        switch ending {
        case .damaged(let error):
            report.notes.append("\(file): \(error)")
            report.isDamaged = true
        case .cut: report.notes.append("\(file): the last tick is not whole; the host was ended, or is writing")
        case .complete, nil: break
        }
    }

    private static func bytes(_ file: String) throws(RecordingError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else { throw .unreadable }
        return [UInt8](data)
    }
}

/// What a tick starts from.
struct ReplayStart {
    /// The memory before the tick.
    var memory: Memory
    /// The version that recorded.
    var program: String
    /// Whether it follows the tick before it without a gap.
    var isContinued: Bool
}
