import DriverAPI
import Synchronization

/// A whole site: boxes with cars, a house, the sun, and meters that show what flows.
///
/// Devices live in the clock's time; the day of house and sun may run faster. The site moves on when it is told the time,
/// or when one of its devices is asked something, at most every 200 ms.
public final class SimulatedSite: Sendable {
    /// One box.
    public struct Box: Sendable {
        /// Its name, for meters attached to it.
        public var id: String
        /// The device.
        public var device: SimulatedDevice
        /// How it is wired.
        public var wiring: PhaseWiring

        /// Makes a box.
        public init(id: String, device: SimulatedDevice, wiring: PhaseWiring = .straight) {
            self.id = id
            self.device = device
            self.wiring = wiring
        }
    }

    /// One meter or inverter.
    public struct Meter: Sendable {
        /// What it measures.
        public enum Place: Hashable, Sendable {
            /// Everything: house and boxes less the sun; + is import.
            case grid
            /// The house without boxes.
            case house
            /// The plant; what it gives counts as flowing out of the device.
            case sun
            /// One box, by its id.
            case box(String)
        }
        /// The device.
        public var device: SimulatedDevice
        /// What it measures.
        public var place: Place

        /// Makes a meter.
        public init(device: SimulatedDevice, place: Place) {
            self.device = device
            self.place = place
        }
    }

    /// The shortest time between two steps.
    private static let step = Duration.milliseconds(200)

    /// The boxes.
    public let boxes: [Box]
    /// The meters.
    public let meters: [Meter]
    /// What the rest of the house draws.
    public let house: HouseProfile
    /// What the plant gives.
    public let sun: Sun
    /// How many seconds of the day pass in one second of the clock.
    public let speed: Double

    private let start: MonotonicTime
    private let startOfDay: Double
    private let state: Mutex<State>

    private struct State {
        var now: MonotonicTime
        var counters: [EnergyCounter]
    }

    /// Makes a site whose day begins at `hour` o'clock at `start`; its boxes' cars come alive.
    public init(
        boxes: [Box], meters: [Meter] = [], house: HouseProfile = .init(), sun: Sun = .init(), hour: Double = 8,
        speed: Double = 1, start: MonotonicTime
    ) {
        self.boxes = boxes
        self.meters = meters
        self.house = house
        self.sun = sun
        self.speed = speed
        self.start = start
        startOfDay = hour * 3600
        state = Mutex(State(now: start, counters: meters.map { EnergyCounter($0.device, at: start) }))
        for box in boxes { box.device.wake(at: start) }
        state.withLock { measure(&$0) }
    }

    /// Lets the time pass up to `moment`; steps shorter than 200 ms wait for the next call.
    public func advance(to moment: MonotonicTime) {
        state.withLock { state in
            guard state.now.duration(to: moment) >= SimulatedSite.step else { return }
            state.now = moment
            measure(&state)
        }
    }

    /// The second of the day of house and sun at a moment, counted from midnight of the first day.
    public func second(at moment: MonotonicTime) -> Double {
        startOfDay + start.duration(to: moment).inSeconds * speed
    }

    /// The power of a place on the supply's phases in W; + flows in from the grid.
    public func power(of place: Meter.Place, at moment: MonotonicTime) -> [Int] {
        let second = second(at: moment)
        switch place {
        case .house: return (0..<3).map { house.power(phase: $0, second: second) }
        case .sun:
            let power = sun.power(second: second)
            return (0..<3).map { -(power / 3 + ($0 < power % 3 ? 1 : 0)) }
        case .box(let id):
            let found = boxes.filter { $0.id == id }.map { self.power(of: $0, at: moment) }
            return SimulatedSite.sum(found)
        case .grid:
            let parts = [power(of: .house, at: moment), power(of: .sun, at: moment)]
            return SimulatedSite.sum(parts + boxes.map { power(of: $0, at: moment) })
        }
    }

    private func power(of box: Box, at moment: MonotonicTime) -> [Int] {
        box.wiring.onSupply(box.device.currents(at: moment)).map { $0 * WallboxModel.voltage / 1000 }
    }

    private static func sum(_ parts: [[Int]]) -> [Int] { (0..<3).map { phase in parts.reduce(0) { $0 + $1[phase] } } }

    /// Brings all meters up to date.
    private func measure(_ state: inout State) {
        for (index, meter) in meters.enumerated() {
            let power = power(of: meter.place, at: state.now)
            let (imported, exported) = state.counters[index].count(power.reduce(0, +), until: state.now)
            MeterReadings(power: power, imported: imported, exported: exported).show(on: meter.device, at: state.now)
        }
    }
}
