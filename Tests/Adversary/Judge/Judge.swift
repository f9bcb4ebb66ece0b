import LoadManagement

/// Measures the true current of every circuit each 100 ms against its limit less its reserve. Times are milliseconds,
/// currents milliamperes.
///
/// What a violation is: a circuit is over its limit, and none of these holds:
/// 1. At most the circuit's chain has passed since the last cause. Causes are: the house rises, a limit is lowered, a box
///    moves to the circuit, a car begins to draw on phases it did not use, a box begins to draw more than what it was
///    told, falls back to or may still follow (it does not obey, somebody else wrote, its power came back); once more when
///    the host has seen that, and whenever the limit is passed anew while the host has not. The chain is that of
///    `LimitCheck.chains`; the time until a frozen meter is found (60 s) or a lost one is stale (10 s) is added where the
///    meter is frozen or lost, and the round of a box that has to be asked before it is known that it does not obey. A host
///    that starts while a meter is frozen has to find that anew: what meters showed is not stored.
/// 2. There was a cause at the site, and nothing could be lowered: no box below draws more than the least it can be told,
///    of those that obey, refuse nothing and have been heard by a running host for the whole chain.
/// 3. At any site, for the chain or 15 s from the moment a box draws, where nobody can know in time:
///    - a car comes to a box that had none while nobody watches it (the host is down, stands still, or does not hear the
///      box); the others fall back at the same time, or are lowered then;
///    - a host that was started anew asks a box that has fallen back who it is, before it may tell it anything, and by that
///      wakes the value it holds; or such a box refuses the order that finds it again, and by that wakes it. That time begins
///      when it is heard, for a refusal that does not arrive tells nobody, and until it takes an order it is a cause for 2;
///    - a box fell back because the machine slept with its clock; the time counts from when the machine wakes. What one without
///      a meter draws by that, while its registers read as told, is left out where no meter shows it.
///
/// What a box without a meter, or one that is silent, draws beyond what it was told is left out at circuits below the first
/// meter that shows it, for a meter that is frozen or lost shows nothing: nobody can know of it. So is what boxes and cars
/// may be inexact by, 0.5 A and 10 %: where a meter shows it, it is cut off as an overdraft later.
/// At a site without any cause no circuit may be over its limit at any time but for 3.
struct Judge {
    let names: [String]
    private let paths: [[Int]]
    private(set) var load: [PhaseCurrents]
    private(set) var allowed: [PhaseCurrents]
    private var chains: [Int]
    private(set) var excusedUntil: [Int]
    private(set) var hadCause: [Bool]
    private(set) var overSince: [Int?]
    private var isDirty: [Bool]
    private var anything = false
    private var overCount = 0
    private(set) var figures = Figures()

    init(_ site: Site, _ house: [PhaseCurrents]) {
        let tree = site.limits.tree
        names = tree.nodes.map(\.id)
        paths = tree.nodes.indices.map { tree.path(from: $0) }
        allowed = tree.nodes.map { $0.limit - PhaseCurrents(each: $0.reserve) }
        load = [PhaseCurrents](repeating: .zero, count: names.count)
        chains = Self.chains(site)
        excusedUntil = [Int](repeating: -1, count: names.count)
        hadCause = [Bool](repeating: false, count: names.count)
        overSince = [Int?](repeating: nil, count: names.count)
        isDirty = [Bool](repeating: true, count: names.count)
        for (node, own) in house.enumerated() { change(node, by: own) }
    }

    /// The time every circuit has; one without a meter gets that of its boxes and of the meters below it.
    private static func chains(_ site: Site) -> [Int] {
        let tree = site.limits.tree
        let times = site.times
        var chains = [Int](repeating: 0, count: tree.nodes.count)
        for box in site.limits.boxes {
            let round = Int(times.busRound[box.id] ?? 0) / 1_000_000
            let queue = Int(times.writeQueue[box.id] ?? 0) / 1_000_000
            let own = 1000 + 2 * round + queue + Int(box.ability.pacing + box.ability.carTime) / 1_000_000
            guard let node = tree.index(of: box.node) else { continue }
            for place in tree.path(from: node) { chains[place] = max(chains[place], own) }
        }
        for chain in LimitCheck.chains(site.limits, times) {
            guard let node = tree.index(of: chain.node) else { continue }
            for place in tree.path(from: node) { chains[place] = max(chains[place], Int(chain.total) / 1_000_000) }
        }
        return chains
    }

    /// Whether anything has to be looked at.
    var isNeeded: Bool { anything || overCount > 0 }

    func chain(_ node: Int) -> Int { chains[node] }

    /// The site has other limits.
    mutating func replace(_ limits: SiteLimits) {
        for (node, circuit) in limits.tree.nodes.enumerated() {
            allowed[node] = circuit.limit - PhaseCurrents(each: circuit.reserve)
            isDirty[node] = true
        }
        anything = true
    }

    /// The current through `node` and everything that feeds it changes.
    mutating func change(_ node: Int, by more: PhaseCurrents) {
        guard more != .zero else { return }
        anything = true
        for place in paths[node] {
            load[place] += more
            isDirty[place] = true
        }
    }

    /// The boxes hang elsewhere.
    mutating func rewire(_ site: Site) { chains = Self.chains(site) }

    /// A limit may be passed below `node` until then, whether there is a cause at the site or not.
    mutating func excuse(_ node: Int, until: Int) {
        for place in paths[node] { excusedUntil[place] = max(excusedUntil[place], until) }
    }

    /// Something happened below `node` that the host could not know of before.
    mutating func cause(_ node: Int, _ now: Int, seenAfter: Int = 0) {
        for place in paths[node] {
            hadCause[place] = true
            excusedUntil[place] = max(excusedUntil[place], now + chains[place] + seenAfter)
        }
    }

    /// The time goes on to `now`. Answers with what is over its limit without excuse, if anything is.
    ///
    /// `hidden` is what nobody can know of at a circuit, `sleepers` that of boxes that fell back while the machine
    /// slept, `unseen` whether there is a box below that draws what the host
    /// has not booked, `isWoken` whether one below was woken by what it refused, `isAvoidable` whether something could have been lowered.
    mutating func step(
        _ now: Int, hidden: (Int) -> PhaseCurrents, sleepers: (Int) -> PhaseCurrents, unseen: (Int) -> Int?,
        isWoken: (Int) -> Bool,
        isAvoidable: (Int, PhaseSet) -> Bool
    ) -> String? {
        anything = false
        var found: String?
        for node in load.indices where isDirty[node] || overSince[node] != nil {
            isDirty[node] = false
            var over = load[node] - allowed[node]
            if over.largest > 0, hadCause[node] { over -= hidden(node) }
            if over.largest > 0 { over -= sleepers(node) }
            guard over.largest > 0 else {
                end(node, now)
                continue
            }
            if overSince[node] == nil {
                overSince[node] = now
                overCount += 1
                if hadCause[node], let seenAfter = unseen(node) {
                    excusedUntil[node] = max(excusedUntil[node], now + chains[node] + seenAfter)
                }
            }
            measure(node, over)
            let since = overSince[node].map { now - $0 } ?? 0
            if now <= excusedUntil[node], since % 1000 != 0 { continue }
            var phases: PhaseSet = []
            for phase in Phase.allCases where over[phase] > 0 { phases.insert(PhaseSet(phase)) }
            let isAvoidable = !(hadCause[node] || isWoken(node)) || isAvoidable(node, phases)
            if isAvoidable { figures.worstAvoidable = max(figures.worstAvoidable, since) }
            if now <= excusedUntil[node] || !isAvoidable { continue }
            found =
                found
                ?? "\(names[node]) is \(over.largest) mA over its limit of \(allowed[node].largest) mA, since \(since) ms; "
                + (hadCause[node] ? "its chain of \(chains[node]) ms is over" : "nothing excuses that")
        }
        return found
    }

    private mutating func measure(_ node: Int, _ over: PhaseCurrents) {
        figures.worstOverload = max(figures.worstOverload, over.largest)
        for phase in Phase.allCases where allowed[node][phase] > 0 {
            figures.worstPermille = max(figures.worstPermille, load[node][phase] * 1000 / allowed[node][phase])
        }
    }

    private mutating func end(_ node: Int, _ now: Int) {
        guard let since = overSince[node] else { return }
        overSince[node] = nil
        overCount -= 1
        figures.worstDuration = max(figures.worstDuration, now - since)
    }
}
