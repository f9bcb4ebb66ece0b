import Foundation
import Host

/// Reads site files for the commands and prints what is wrong in them.
enum SiteFiles {
    /// The site; its problems are printed, errors end the command.
    static func read(_ file: String) throws -> (site: Site, problems: [SiteProblem]) {
        let (site, problems) = try examine(file)
        for problem in problems { Console.error(problem.text(file: file)) }
        guard let site else {
            let errors = problems.filter { $0.severity == .error }.count
            throw CommandFailure(.fallsShort, "\(file) has \(errors) error\(errors == 1 ? "" : "s")")
        }
        return (site, problems)
    }

    /// The site and its problems, without printing.
    static func examine(_ file: String) throws -> (site: Site?, problems: [SiteProblem]) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.usage, "the site file \(file) cannot be read")
        }
        return SiteReader.read(Array(data), file: file)
    }
}
