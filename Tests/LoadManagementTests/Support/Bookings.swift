import LoadManagement

func setup(
    rated: Int = 16_000, pacing: Double = 0, queue: Double = 0, watchdog: BoxAbility.Watchdog? = nil,
    rotation: Rotation = .r123, isStoppable: Bool = true
) -> BoxSetup {
    BoxSetup(
        id: "a", node: "main", rotation: rotation,
        ability: BoxAbility(
            maximum: 16_000, rated: rated, watchdog: watchdog, pacing: seconds(pacing), queueTime: seconds(queue),
            isStoppable: isStoppable, hasMeter: true))
}

/// A box that was told `value` long ago and has confirmed it, last heard at 10 s on connection 1.
func charging(
    _ value: Int, rated: Int = 16_000, pacing: Double = 0, queue: Double = 0, watchdog: BoxAbility.Watchdog? = nil,
    rotation: Rotation = .r123, isStoppable: Bool = true
) -> BoxBooking {
    let setup = setup(
        rated: rated, pacing: pacing, queue: queue, watchdog: watchdog, rotation: rotation, isStoppable: isStoppable)
    var box = BoxBooking(setup)
    box.obey(value, at: -20)
    box.prune(at: 0)
    for time in stride(from: -10, through: 10, by: 5) { box.apply(.heard(at: seconds(Double(time)))) }
    return box
}

extension BoxBooking {
    /// Orders and sends a value on connection 1.
    mutating func tell(_ value: Int, at time: Double) -> Int {
        let number = order(value, terminals: .all)
        apply(.sent(number: number, at: seconds(time), connection: 1))
        return number
    }

    /// Tells a value, which is answered and read back at once.
    mutating func obey(_ value: Int, at time: Double) {
        let number = tell(value, at: time)
        apply(.answered(number: number, at: seconds(time)))
        apply(.readBack(value, at: seconds(time), connection: 1))
    }

    func most(at time: Double) -> Int { current(at: seconds(time)).largest }
}
