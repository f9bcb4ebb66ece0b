/// What happened of late, in words.
final class Timeline {
    let isOn: Bool
    private(set) var lines: [String] = []
    private static let capacity = 4000

    init(isOn: Bool) { self.isOn = isOn }

    func add(_ now: Int, _ text: String) {
        lines.append("\(Simulation.text(now))  \(text)")
        if lines.count > 2 * Self.capacity { lines.removeFirst(Self.capacity) }
    }
}

extension Simulation {
    /// A time as `12:34.5`, in minutes and seconds.
    static func text(_ time: Int) -> String {
        let tenths = time / 100
        let seconds = tenths / 10 % 60
        return "\(tenths / 600):\(seconds < 10 ? "0" : "")\(seconds).\(tenths % 10)"
    }

    func describe(_ box: PhysicalBox) -> String {
        let booking = host.memory.bookings[box.id]
        let told = booking?.told.map { value in
            "\(value.number.map { "#\($0) " } ?? "")\(value.value) \(value.progress) \(value.bookedUntil.map { "until \($0 / 1_000_000)" } ?? "")"
        }
        return
            "\(box.id) on \(judge.names[box.node]): register \(box.register), pilot \(box.pilot), draws \(box.atTerminals), "
            + "may draw \(box.lawful.most), fallen back \(box.hasFallenBack); booked "
            + "\(booking.map { "\($0.current(at: clock.moment(now)))" } ?? "-"), silent "
            + "\(booking.map { "\($0.isSilent(at: clock.moment(now)))" } ?? "-"), told \(told ?? [])"
    }

    func describe() {
        guard log.isOn else { return }
        log(
            "seed \(seed): \(site.isStrict ? "nothing can excuse" : "with excuses"), clock shows \(clock.moment(0) / 1_000_000) ms"
        )
        for (node, circuit) in site.limits.tree.nodes.enumerated() {
            log(
                "\(circuit.id) below \(circuit.parent ?? "-"): \(circuit.limit.l1) mA, reserve \(circuit.reserve), "
                    + "\(site.limits.loads[circuit.id].map { "\($0)" } ?? "no load"), chain \(judge.chain(node)) ms, "
                    + "house \(house[node])")
        }
        for (unit, setup) in site.limits.boxes.enumerated() {
            log("\(setup.id) on \(setup.node) \(setup.rotation): \(setup.ability)")
            log(
                "   \(site.traits[unit]), wired \(site.rotations[unit]), line \(unitBus[unit]) \(buses[unitBus[unit]].queueTime)"
            )
        }
    }
}
