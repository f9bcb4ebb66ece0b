import Foundation
import Recording

/// A report in words, and as a document.
struct ReplayText {
    /// The report for programs.
    struct Document: Encodable {
        struct Difference: Encodable {
            var time: String
            var path: String
            var recorded: String
            var replayed: String
        }

        struct Room: Encodable {
            var circuit: String
            var phase: String
            var current_ma: Int
            var time: String
        }

        var ticks: Int
        var from: String?
        var to: String?
        var orders: Int
        var equal: Bool
        var differing_ticks: Int
        var differences: [Difference]
        var largest_difference_ma: Int64
        var memory_differs_from: String?
        var least_room: Room?
        var damaged: Bool
        var notes: [String]
    }

    /// So many differing ticks are printed.
    private static let mostTicks = 20
    /// So many differences of a tick are printed.
    private static let mostPlaces = 5

    private let report: ReplayReport
    private let isDocument: Bool

    /// A report; in that of a document times count from its first tick.
    init(_ report: ReplayReport, isDocument: Bool = false) {
        self.report = report
        self.isDocument = isDocument
    }

    /// A time of the wall clock.
    static func time(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
    }

    private func moment(_ seconds: Double) -> String {
        isDocument ? "+\(Int(seconds.rounded())) s" : Self.time(seconds)
    }

    /// The report for people.
    func lines() -> [String] {
        var lines = report.notes
        for tick in report.differingTicks.prefix(Self.mostTicks) {
            for difference in tick.differences.prefix(Self.mostPlaces) {
                lines.append("\(moment(tick.time))  \(difference)")
            }
            let more = tick.differences.count - Self.mostPlaces
            if more > 0 { lines.append("\(moment(tick.time))  and \(more) more") }
        }
        let more = report.differing - Self.mostTicks
        if more > 0 { lines.append("and \(more) more ticks; the first one counts, the others may follow from it") }
        if let time = report.memoryDiffersFrom {
            lines.append("\(moment(time))  from here on at the latest, the memory is not the one that was recorded")
        }
        return lines + summary()
    }

    private func summary() -> [String] {
        guard let from = report.from, let to = report.to else { return ["nothing was recorded then"] }
        let verdict =
            report.differing == 0
            ? "every decision is the same"
            : "\(report.differing) decided otherwise, by \(Double(report.largestDifference) / 1000) A at most"
        var lines = [
            "\(report.ticks) ticks from \(moment(from)) to \(moment(to)), \(report.orders) orders: \(verdict)"
        ]
        if let room = report.leastRoom {
            lines.append(
                "least room: \(Double(room.milliamperes) / 1000) A on \(room.phase) of circuit \(room.node) at "
                    + moment(room.time))
        }
        return lines
    }

    /// The report for programs.
    var document: Document {
        Document(
            ticks: report.ticks, from: report.from.map(moment), to: report.to.map(moment), orders: report.orders,
            equal: report.isEqual, differing_ticks: report.differing,
            differences: report.differingTicks.flatMap { tick in
                tick.differences.map {
                    Document.Difference(
                        time: moment(tick.time), path: $0.path, recorded: $0.recorded, replayed: $0.replayed)
                }
            }, largest_difference_ma: report.largestDifference,
            memory_differs_from: report.memoryDiffersFrom.map(moment),
            least_room: report.leastRoom.map {
                Document.Room(circuit: $0.node, phase: $0.phase, current_ma: $0.milliamperes, time: moment($0.time))
            }, damaged: report.isDamaged, notes: report.notes)
    }
}
