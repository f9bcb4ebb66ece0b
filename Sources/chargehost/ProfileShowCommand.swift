import DeviceProfiles
import DriverAPI
import Host

/// `profile show`
enum ProfileShowCommand: Subcommand {
    static let name = "profile show"
    static let summary = "one profile in words"
    static let accepted = Arguments.Accepted(flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost profile show ID | FILE [--json]

        Shows what a profile serves, how the device is reached, what it reads and writes, and what it does when it hears
        nothing.

        example: chargehost profile show keba.p30
        """

    struct Document: Encodable {
        struct Point: Encodable {
            var name: String
            var unit: String?
            var poll: String
            var place: String
            var writable: Bool
            var persist: String?
        }
        var id: String
        var version: String
        var `class`: String
        var title: String
        var products: [Product]
        var options: [String]
        var points: [Point]
        var controls: [String]
        var watchdog: String
        var notes: [String]
        var sources: [Source]
        var license: String
    }

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let profile = try ProfileFiles.document(arguments.positionals[0], library: ProfileLibrary()).profile
        let document = describe(profile)
        if arguments.flags.contains("json") {
            try Console.json(document)
        } else {
            show(document, profile)
        }
        return .fine
    }

    private static func describe(_ profile: DeviceProfile) -> Document {
        Document(
            id: profile.id, version: profile.versionText, class: profile.deviceClass.rawValue,
            title: profile.title.description, products: profile.products, options: profile.options.map(\.name),
            points: profile.points.map { point in
                Document.Point(
                    name: point.name, unit: point.value.unitText, poll: point.pollText,
                    place: ProfileText.place(of: point, in: profile), writable: point.write != nil,
                    persist: point.write?.persist.rawValue)
            }, controls: ProfileText.controls(of: profile), watchdog: ProfileText.watchdog(of: profile),
            notes: profile.notes.map(\.description), sources: profile.sources, license: profile.license)
    }

    private static func show(_ document: Document, _ profile: DeviceProfile) {
        Console.out("\(document.title)  (\(document.id) \(document.version), \(document.class))")
        Console.out("serves    " + document.products.map { "\($0.brand) \($0.model)" }.joined(separator: ", "))
        Console.out("reached   " + ProfileText.link(of: profile))
        Console.out("commands  " + (document.controls.isEmpty ? "none" : document.controls.joined(separator: ", ")))
        Console.out("silence   " + document.watchdog)
        for option in profile.options {
            let fallback = option.defaultValue.map { "default \($0)" } ?? "must be answered"
            Console.out("option    \(option.name): \(option.title?.description ?? option.kind.rawValue), \(fallback)")
        }
        for note in document.notes { Console.out("note      " + note) }
        Console.out("")
        let rows = document.points.map {
            [$0.name, $0.unit ?? "", $0.poll, $0.place, $0.writable ? "written (\($0.persist ?? ""))" : ""]
        }
        Console.out(Table(["point", "unit", "poll", "place", ""], rows).text)
        Console.out("")
        for source in document.sources {
            Console.out("source    \(source.kind.rawValue): \(source.title ?? source.url ?? "")")
        }
    }
}

extension ValueRule {
    /// The canonical unit of a number; nil for everything else.
    fileprivate var unitText: String? { if case .number(let unit) = kind { unit.rawValue } else { nil } }
}

extension PointDefinition {
    fileprivate var pollText: String {
        if isDerived { return "derived" }
        switch poll {
        case .fast: return "fast"
        case .normal: return "normal"
        case .slow: return "slow"
        case .static: return "static"
        case .onDemand: return "on-demand"
        case .onChange(let point): return "on-change \(point)"
        }
    }
}
