import DriverAPI

/// Boxes whose cars are being woken: the pilot is open for some seconds, and some boxes show that as if the car had gone.
struct WokenBoxes: Sendable {
    /// So long after a wake-up state A does not mean that the car has gone: a pilot is open for up to 30 s, and a box
    /// needs some seconds to see the car again.
    private static let blink = Duration.seconds(40)

    private var since: [String: MonotonicTime] = [:]

    /// The car at `box` is being woken.
    mutating func note(_ box: String, at now: MonotonicTime) { since[box] = now }

    /// The states as they count: a car that is being woken is still there.
    mutating func states(_ states: [DeviceState], at now: MonotonicTime) -> [DeviceState] {
        guard !since.isEmpty else { return states }
        since = since.filter { $0.value.duration(to: now) <= Self.blink }
        return states.map { state in
            guard since[state.entry.id] != nil, state.text("state") == "A" else { return state }
            var state = state
            state.readings["state"]?.value = .member("B")
            return state
        }
    }
}
