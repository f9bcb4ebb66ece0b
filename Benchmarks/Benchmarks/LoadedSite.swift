import LoadManagement

/// A site with more cars than current.
struct LoadedSite {
    /// How many boxes, ten to a circuit.
    let boxes: Int

    private var circuits: Int { boxes / 10 }
    private let second: Moment = 1_000_000_000

    /// The circuits: a supply with a third of what all boxes want, and below it circuits of 200 A for ten boxes of 32 A.
    func tree() throws(CircuitError) -> CircuitTree {
        try CircuitTree(
            [CircuitNode(id: "supply", limit: PhaseCurrents(each: boxes * 32_000 / 3))]
                + (0..<circuits).map {
                    CircuitNode(id: "circuit \($0)", limit: PhaseCurrents(each: 200_000), parent: "supply")
                })
    }

    /// Cars of one, two and three phases, on boxes whose wiring rotates as it should.
    private func terminals(_ box: Int) -> PhaseSet { PhaseSet(first: [3, 1, 2, 3, 3][box % 5]) }
    private func rotation(_ box: Int) -> Rotation { [Rotation.r123, .r231, .r312][box % 3] }

    /// What sharing gets.
    func input(_ tree: CircuitTree) -> AllocationInput {
        AllocationInput(
            tree: tree,
            boxes: (0..<boxes).map { box in
                BoxDemand(
                    id: "box \(box)", node: tree.index(of: "circuit \(box / 10)") ?? 0,
                    maximum: [16_000, 32_000, 20_000][box % 3], terminals: terminals(box), rotation: rotation(box),
                    priority: box % 7 == 0 ? 1 : 0, queue: box)
            })
    }

    /// What a tick gets that does not change.
    func limits(_ tree: CircuitTree) -> SiteLimits {
        SiteLimits(
            tree: tree, loads: ["supply": .metered(worst: nil)],
            boxes: (0..<boxes).map { box in
                BoxSetup(
                    id: "box \(box)", node: "circuit \(box / 10)", rotation: rotation(box),
                    ability: BoxAbility(
                        maximum: [16_000, 32_000, 20_000][box % 3], terminals: terminals(box),
                        watchdog: BoxAbility.Watchdog(timeout: 60 * second, fallback: 6000), hasMeter: true))
            })
    }

    /// What a tick at `now` sees: every car charges, and the house takes a little more every second.
    func snapshot(at now: Moment) -> Snapshot {
        Snapshot(
            boxes: (0..<boxes).map { box in
                BoxSnapshot(id: "box \(box)", state: .c, priority: box % 7 == 0 ? 1 : 0, queue: box)
            },
            meters: [
                "supply": MeterSample(
                    at: now, current: PhaseCurrents(each: boxes * 1000 + Int(now / second) % 10 * 700),
                    counter: now / second, words: UInt64(bitPattern: now))
            ])
    }

    /// A site that has run for three minutes: every order was sent, answered and read back, every box is measured.
    func settled(_ limits: SiteLimits) -> (memory: Memory, now: Moment) {
        var memory = Memory()
        var now: Moment = 1000 * second
        for _ in 0..<18 {
            now += 10 * second
            let (decision, next) = LoadControl.step(snapshot(at: now), limits: limits, memory: memory, now: now)
            memory = next
            var ordered: [String: Int] = [:]
            for order in decision.orders {
                ordered[order.box] = order.value
                memory.apply(.sent(number: order.number, at: now, connection: 1), to: order.box)
                memory.apply(.answered(number: order.number, at: now + 1), to: order.box)
            }
            for (box, told) in decision.boxes {
                let value = ordered[box] ?? told.told ?? 0
                memory.apply(.readBack(value, at: now + 2, connection: 1), to: box)
                memory.apply(.measured(PhaseCurrents(each: value), at: now + 3), to: box)
            }
        }
        return (memory, now)
    }
}
