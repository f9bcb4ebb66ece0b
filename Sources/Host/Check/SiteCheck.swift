import DeviceProfiles
import DriverAPI
import LoadManagement
import Modbus
import ReadPlanning
import YAML

/// Checks a site without touching a device.
public struct SiteCheck {
    /// What was found.
    public struct Report: Sendable {
        /// What is wrong, and what the owner must know.
        public var problems: [SiteProblem] = []
        /// How long every metered circuit needs to be below its limit again.
        public var circuits: [CircuitReport] = []
        /// What every box does when it hears nothing.
        public var failSafes: [FailSafeReport] = []
        /// How busy every line is.
        public var lines: [LineReport] = []

        /// An empty report.
        public init() {}
    }

    /// The reaction chain of one circuit.
    public struct CircuitReport: Encodable, Sendable {
        /// The circuit.
        public var circuit: String
        /// The box that is slowest to follow.
        public var slowest: String?
        /// The whole chain, in s; of a circuit without a meter how long it takes until a lower limit holds.
        public var reaction_s: Double
        /// Whether it has a meter.
        public var metered: Bool
        /// One sentence.
        public var text: String
    }

    /// What a box does when it hears nothing.
    public struct FailSafeReport: Encodable, Sendable {
        /// The box.
        public var box: String
        /// What it goes on with, in A per phase.
        public var current_a: Double
        /// After how long it falls back, in s; nil if it never does.
        public var after_s: Double?
        /// Whether the host sets that in the box.
        public var isSet: Bool
        /// One sentence.
        public var text: String
    }

    /// The load of one line.
    public struct LineReport: Encodable, Sendable {
        /// The line.
        public var line: String
        /// How many devices are on it.
        public var devices: Int
        /// How much of its time polling takes, in %.
        public var load_percent: Double
        /// One sentence.
        public var text: String
    }

    private let site: Site
    private let profiles: SiteProfiles
    private let adapters: SerialAdapters

    /// A check of `site` with the profiles of `library`, on the machine with these `adapters`.
    public init(_ site: Site, library: ProfileLibrary, adapters: SerialAdapters = .machine) {
        self.site = site
        self.adapters = adapters
        profiles = SiteProfiles(site, library: library)
    }

    /// Everything found.
    public func report() -> Report {
        var report = Report()
        report.problems =
            profiles.problems + programs() + ClashCheck(site, profiles.entries, adapters: adapters).problems()
            + meters()
            + limits(&report)
        lines(&report)
        return report
    }

    /// What the box of a driver can do, nobody knows before the driver says so.
    private func programs() -> [SiteProblem] {
        guard site.mode == .manage else { return [] }
        return profiles.programs.filter { $0.deviceClass == .wallbox && $0.device.enabled }.map { program in
            SiteProblem(
                .driver, .warning, at: program.device.mark,
                "device \(program.device.id): what it falls back to without the host is known only once its driver "
                    + "\(program.device.profile) has reached it; until then it is not in the check of fall-back currents"
            )
        }
    }

    /// The meter of a circuit must show currents per phase, a circuit's fuse is one per phase.
    private func meters() -> [SiteProblem] {
        site.nodes.compactMap { node in
            guard let entry = profiles.entries.first(where: { $0.device.id == node.meter }) else { return nil }
            let missing = ["current.l1", "current.l2", "current.l3"].filter { entry.profile.point($0) == nil }
            guard !missing.isEmpty else { return nil }
            return SiteProblem(
                .circuit, at: node.mark,
                "circuit \(node.id): meter \(entry.device.id) does not show \(missing.joined(separator: ", ")); its profile cannot guard a fuse"
            )
        }
    }

    private func limits(_ report: inout Report) -> [SiteProblem] {
        let boxes = profiles.entries.filter { $0.profile.deviceClass == .wallbox && $0.device.enabled }
        let slaves = profiles.slaves.filter(\.device.enabled)
        guard let builder = try? LimitsBuilder(site) else { return [] }
        let forecast = builder.limits(setups: inOrder(boxes.map(BoxForecast.setup) + slaves.map(BoxForecast.falling)))
        let settable =
            boxes.compactMap { box in BoxForecast.failSafe(box).map { (box.device.id, $0) } }
            + slaves.map { ($0.device.id, BoxForecast.failSafe(ofSlave: $0)) }
        let plan = FailSafePlan(
            forecast,
            wanted: Dictionary(site.devices.map { ($0.id, $0.box.failsafe) }) { first, _ in first },
            settable: Dictionary(settable) { first, _ in first })
        let limits = site.mode == .manage ? plan.applied(to: forecast) : forecast
        report.failSafes = limits.boxes.map { failSafe($0, plan) }
        let rounds = LineRounds(profiles.entries)
        let times = ReactionTimes(
            meterAge: Dictionary(
                site.nodes.compactMap { node in
                    profiles.entries.first { $0.device.id == node.meter }.map { (node.id, rounds.age(of: $0)) }
                }, uniquingKeysWith: { a, _ in a }),
            busRound: Dictionary(boxes.map { ($0.device.id, rounds.longest(of: $0)) }, uniquingKeysWith: { a, _ in a }))
        report.circuits = LimitCheck.allChains(limits, times).map { circuit($0, isMetered: limits.isMetered($0.node)) }
        return tooSmall(limits)
            + LimitCheck.findings(limits).map { finding in
                let unattended = if case .unattended = finding { true } else { false }
                return SiteProblem(
                    unattended ? .unattended : .fallBack, finding.isError ? .error : .warning, at: nil,
                    finding.description)
            }
    }

    /// As in the site file.
    private func inOrder(_ boxes: [BoxSetup]) -> [BoxSetup] {
        let places = Dictionary(site.devices.enumerated().map { ($1.id, $0) }) { first, _ in first }
        return boxes.sorted { places[$0.id] ?? 0 < places[$1.id] ?? 0 }
    }

    /// Boxes that can never charge, for a circuit above them carries less than the least they charge with.
    private func tooSmall(_ limits: SiteLimits) -> [SiteProblem] {
        limits.boxes.compactMap { box in
            guard let place = limits.tree.index(of: box.node) else { return nil }
            let supply = box.rotation.supply(of: box.ability.terminals)
            for node in limits.tree.path(from: place) {
                let circuit = limits.tree.nodes[node]
                let usable =
                    Phase.allCases.filter(supply.contains).map { circuit.limit[$0] - circuit.reserve }.min() ?? 0
                guard usable < box.ability.minimum else { continue }
                let mark = site.devices.first { $0.id == box.id }?.mark
                return SiteProblem(
                    .circuit, .warning, at: mark,
                    "box \(box.id) never charges: circuit \(circuit.id) carries \(Double(usable) / 1000) A beside its "
                        + "reserve, and the box needs \(Double(box.ability.minimum) / 1000) A; raise the limit or "
                        + "move the box")
            }
            return nil
        }
    }

    private func failSafe(_ box: BoxSetup, _ plan: FailSafePlan) -> FailSafeReport {
        let isSet =
            site.mode == .manage && plan.settings[box.id].map { $0.current != nil || $0.timeout != nil } ?? false
        guard let watchdog = box.ability.watchdog else {
            let rated = Double(box.ability.rated) / 1000
            return FailSafeReport(
                box: box.id, current_a: rated, isSet: false,
                text: "box \(box.id): goes on with up to \(rated) A for ever when it hears nothing")
        }
        let current = Double(watchdog.fallback) / 1000
        let after = Double(watchdog.timeout) / 1e9
        let what = watchdog.fallback == 0 ? "stops" : "falls back to \(current) A"
        let isSlave = profiles.slaves.contains { $0.device.id == box.id }
        let set = isSlave ? ", as a charging profile that it has to show" : ", which the host sets"
        return FailSafeReport(
            box: box.id, current_a: current, after_s: after, isSet: isSet,
            text: "box \(box.id): \(what) after \(after) s without the host" + (isSet ? set : ""))
    }

    /// How long every metered circuit needs to be below its limit again, in ns.
    func chains() -> [String: Span] {
        Dictionary(
            report().circuits.filter(\.metered).map { ($0.circuit, Span($0.reaction_s * 1e9)) },
            uniquingKeysWith: { first, _ in first })
    }

    private func circuit(_ chain: ReactionChain, isMetered: Bool) -> CircuitReport {
        let seconds = { (span: Span) in (Double(span) / 1e8).rounded() / 10 }
        let parts =
            (isMetered ? "meter \(seconds(chain.meterAge + chain.doubt)) + " : "")
            + "tick \(seconds(chain.tick)) + bus \(seconds(chain.busRound)) + queue \(seconds(chain.writeQueue)) + box \(seconds(chain.pacing)) + car \(seconds(chain.car)) s"
        return CircuitReport(
            circuit: chain.node, slowest: chain.slowestBox, reaction_s: seconds(chain.total),
            metered: isMetered,
            text: "circuit \(chain.node): "
                + (isMetered ? "below its limit again within" : "no meter; a lower limit holds within")
                + " \(seconds(chain.total)) s (\(parts))")
    }

    private func lines(_ report: inout Report) {
        let rounds = LineRounds(profiles.entries)
        for (channel, entries) in Dictionary(grouping: profiles.entries, by: \.endpoint.channel).sorted(by: {
            $0.key < $1.key
        }) {
            guard let first = entries.first, case .serial = first.endpoint else { continue }
            let load = (entries.reduce(0) { $0 + rounds.load(of: $1) } * 1000).rounded() / 10
            report.lines.append(
                LineReport(
                    line: channel, devices: entries.count, load_percent: load,
                    text: "line \(channel): \(entries.count) devices, \(load) % busy"))
            if load > 80 {
                report.problems.append(
                    SiteProblem(
                        .lineLoad, .warning, at: first.device.mark,
                        "line \(channel) is \(load) % busy with \(entries.count) devices: readings will come late; use a faster line or fewer devices"
                    ))
            }
        }
    }
}
