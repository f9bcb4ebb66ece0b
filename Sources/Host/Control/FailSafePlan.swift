import DriverAPI
import LoadManagement

/// What is to stand in every box for the time when it hears nothing.
struct FailSafePlan: Sendable {
    /// What is wanted of one box; nil where the box keeps what it has.
    struct Setting: Hashable, Sendable {
        /// The fall-back current, in A.
        var current: Exact?
        /// The time after which it falls back, in s.
        var timeout: Exact?
    }

    /// By the name of the box; boxes that take no such setting are left out.
    private(set) var settings: [String: Setting] = [:]

    /// A plan for nobody.
    init() {}

    /// Plans for the boxes of `limits`; `wanted` says what the site file asks for and `settable` what a box takes.
    ///
    /// A box that is left to the host gets its minimum where the fall-back currents of all boxes together fit beside the
    /// worst-case house of every circuit above it, else the least it takes.
    init(_ limits: SiteLimits, wanted: [String: FailSafe], settable: [String: FailSafeSettings]) {
        var planned = limits
        var auto: Set<String> = []
        for place in planned.boxes.indices {
            let box = planned.boxes[place]
            guard let wish = wanted[box.id], !wish.isKept, let takes = settable[box.id] else { continue }
            var setting = Setting()
            if takes.current != nil {
                switch wish.current {
                case .fixed(let value): setting.current = value == 0 ? value : max(value, takes.leastCurrent)
                case .auto:
                    auto.insert(box.id)
                    setting.current = max(Exact(Int128(box.ability.minimum), over: 1000) ?? 6, takes.leastCurrent)
                }
            }
            setting.timeout = takes.timeout.flatMap { _ in Self.timeout(wish, takes, box.ability) }
            settings[box.id] = setting
            planned.boxes[place] = box.falling(to: setting)
        }
        for id in Self.tooMuch(planned).intersection(auto) { settings[id]?.current = settable[id]?.leastCurrent ?? 0 }
    }

    /// `limits` as they are when every box has what is planned for it.
    func applied(to limits: SiteLimits) -> SiteLimits {
        var planned = limits
        planned.boxes = limits.boxes.map { box in settings[box.id].map { box.falling(to: $0) } ?? box }
        return planned
    }

    private static func timeout(_ wish: FailSafe, _ takes: FailSafeSettings, _ ability: BoxAbility) -> Exact? {
        if wish.timeout == nil, ability.watchdog != nil { return nil }
        let seconds = Exact(Int((wish.timeout ?? FailSafe.usualTimeout).wholeNanoseconds / 1_000_000_000))
        guard let range = takes.timeouts else { return seconds }
        return min(max(seconds, range.lowerBound), range.upperBound)
    }

    /// Boxes below a circuit whose limit the fall-back currents and the house would pass, or whose house nobody knows.
    private static func tooMuch(_ limits: SiteLimits) -> Set<String> {
        var full: Set<String> = []
        for finding in LimitCheck.findings(limits) {
            switch finding {
            case .fallbackPassesLimit(let sum), .houseUnknown(let sum): full.insert(sum.node)
            case .unattended, .unknownNode: continue
            }
        }
        guard !full.isEmpty else { return [] }
        return Set(
            limits.boxes.filter { box in
                guard let place = limits.tree.index(of: box.node) else { return false }
                return limits.tree.path(from: place).contains { full.contains(limits.tree.nodes[$0].id) }
            }.map(\.id))
    }
}

extension BoxSetup {
    /// The same box with the fall-back `setting`.
    func falling(to setting: FailSafePlan.Setting) -> BoxSetup {
        var box = self
        let watchdog = ability.watchdog
        let timeout = setting.timeout.map { ($0.floor.asInt ?? 60) } ?? 60
        let fallback = setting.current.map(LimitsBuilder.milliamperes) ?? watchdog?.fallback ?? ability.rated
        guard watchdog != nil || setting.timeout != nil else { return self }
        box.ability.watchdog = BoxAbility.Watchdog(
            timeout: setting.timeout == nil ? watchdog?.timeout ?? 0 : Span(timeout) * 1_000_000_000,
            fallback: fallback)
        return box
    }
}
