import DriverAPI
import LoadManagement

/// A wallbox and its car as they are, whatever the host believes. Currents are milliamperes on every phase the car uses.
struct PhysicalBox {
    /// IEC 61851-1 Table A.6: a car follows the pilot within 5 s; this one always uses them.
    static let carTime = Duration.seconds(5)

    private(set) var register = 0
    private var pilots: [(from: MonotonicTime, value: Int)] = [(.zero, 0)]
    private var lastFrame = MonotonicTime.zero
    private var hasFallenBack = false
    /// After how long without a frame it goes to its fall-back; nil: never.
    var watchdog: Duration?
    var fallback = 0
    /// How long it takes to pass a value on to the pilot.
    var pacing = Duration.seconds(2)
    var isPlugged = true
    /// The most the car takes.
    var want = 16_000
    /// The terminals the car uses.
    var terminals = PhaseSet.all
    /// How the box is really wired.
    var wiring = Rotation.r123
    /// What the box adds to what it was told, in spite of its register.
    var disobedience = 0

    /// A frame arrives, with an order or without.
    mutating func hear(_ order: Int?, at now: MonotonicTime) {
        advance(to: now)
        lastFrame = now
        guard let order else { return }
        register = order
        hasFallenBack = false
        show(order, at: now.advanced(by: pacing))
    }

    /// The time goes on: the watchdog may run out.
    mutating func advance(to now: MonotonicTime) {
        guard let watchdog, !hasFallenBack, lastFrame.duration(to: now) >= watchdog else { return }
        hasFallenBack = true
        show(fallback, at: lastFrame.advanced(by: watchdog))
    }

    /// The most the car may be drawing: the largest pilot of the last 5 s.
    func draw(at now: MonotonicTime) -> Int {
        guard isPlugged else { return 0 }
        let since = now.advanced(by: .zero - Self.carTime)
        var most = 0
        for (place, pilot) in pilots.enumerated() where pilot.from <= now {
            let end = place + 1 < pilots.count ? pilots[place + 1].from : now
            if end >= since { most = max(most, pilot.value) }
        }
        return most == 0 ? 0 : min(want, most + disobedience)
    }

    /// The same on the phases of the supply.
    func drawOnSupply(at now: MonotonicTime) -> PhaseCurrents {
        wiring.largestOnSupply(PhaseCurrents(draw(at: now), on: terminals))
    }

    private mutating func show(_ value: Int, at moment: MonotonicTime) {
        pilots.removeAll { $0.from > moment }
        pilots.append((moment, value))
        if pilots.count > 64 { pilots.removeFirst() }
    }
}
