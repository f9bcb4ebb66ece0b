import Foundation
import Host

/// What the scans print.
enum ScanText {
    /// The profiles of a site, else those of the library.
    static func library(_ site: Site?) -> ProfileLibrary { site.map { ProfileLibrary(site: $0) } ?? ProfileLibrary() }

    /// The entries on standard output, the rest on standard error; or one document.
    static func show(_ found: ScanReport, besides site: Site?, _ arguments: Arguments) throws(ScanError) -> ExitStatus {
        Console.progress("")
        var report = found
        report.name(besides: Set((site?.devices ?? []).map(\.id)))
        if arguments.flags.contains("json") {
            do { try Console.json(report) } catch { throw .host("\(error)") }
        } else {
            for remark in report.remarks { Console.error(remark) }
            if let entries = report.siteEntries { Console.out(entries) }
            Console.error(summary(report))
        }
        return report.found.isEmpty ? .noAnswer : .fine
    }

    private static func summary(_ report: ScanReport) -> String {
        let count = report.found.count
        let place = report.searched.joined(separator: "; ")
        let seconds = String(format: "%.1f s", report.seconds)
        let found = count == 0 ? "nothing answers" : count == 1 ? "1 device" : "\(count) devices"
        return "\(found): \(place), in \(seconds)"
    }
}

extension CommandFailure {
    /// The status that goes with a scan's error.
    init(_ error: ScanError) {
        switch error {
        case .target, .tooLarge, .units: self.init(.usage, error.description)
        case .slaveLine: self.init(.refused, error.description)
        case .line: self.init(.noAnswer, error.description)
        case .noProfiles, .host: self.init(.fallsShort, error.description)
        }
    }
}
