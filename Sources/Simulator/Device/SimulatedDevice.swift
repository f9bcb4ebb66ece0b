import DeviceProfiles
import DriverAPI
import ReadPlanning
import Synchronization

/// A device made of a profile and a fixture: it answers, refuses, wears out and falls back as the profile says.
///
/// Its registers are the fixture's until something happens: a write, a car, the watchdog, ``wake(at:)``. From then on a
/// wallbox has a car that follows what is offered, and every canonical point the profile has shows it. The time is the
/// one that comes with each call; it never goes back.
public final class SimulatedDevice: Sendable {
    /// The profile with the variants that hold.
    public let profile: DeviceProfile
    /// The facts that the device's registers show.
    public let facts: [String: Value]

    private let fixture: Fixture
    private let map: RegisterMap
    private let core: Mutex<DeviceCore>

    /// Makes a device that is switched on at `start`.
    ///
    /// `profile` has its variants applied; `facts` are those they were chosen by, see ``DeviceFacts``.
    public init(
        profile: DeviceProfile, fixture: Fixture, options: [String: Value] = [:], facts: [String: Value] = [:],
        start: MonotonicTime = .zero
    ) {
        self.profile = profile
        self.facts = facts
        self.fixture = fixture
        map = RegisterMap(profile: profile, options: options, facts: facts, image: RegisterImage(fixture.words))
        core = Mutex(DeviceCore(map: map, fixture: fixture, start: start))
    }

    /// Makes another device of the same kind, as it was when `other` was made; they share what never changes.
    public init(like other: SimulatedDevice, start: MonotonicTime) {
        profile = other.profile
        facts = other.facts
        fixture = other.fixture
        map = other.map
        core = Mutex(DeviceCore(map: map, fixture: fixture, start: start))
    }

    // MARK: On the line

    /// Answers a read; a function code that the device does not know is exception 1.
    public func read(function: UInt8, address: Int, count: Int, at time: MonotonicTime) -> DeviceAnswer {
        with(time) { $0.read(function: function, address: address, count: count) }
    }

    /// Answers a read.
    public func answer(to request: ReadRequest, at time: MonotonicTime) -> DeviceAnswer {
        read(function: request.function, address: Int(request.address), count: Int(request.count), at: time)
    }

    /// Carries a write out.
    public func answer(to request: WriteRequest, at time: MonotonicTime) -> DeviceAnswer {
        with(time) { $0.write(request) }
    }

    // MARK: What happens to it

    /// Lets the time pass.
    public func advance(to time: MonotonicTime) { with(time) { $0.refresh() } }

    /// Lets the car model take over from the fixture, as for a demonstration.
    public func wake(at time: MonotonicTime) { with(time) { $0.reconsider() } }

    /// Plugs a car in, replaces it, or with nil takes it away; nothing for devices that are no wallbox.
    public func connect(_ car: SimulatedCar?, at time: MonotonicTime) { with(time) { $0.connect(car) } }

    /// The device restarts: RAM is lost, `restarts` counts, and it answers after `bootTime`.
    public func restart(at time: MonotonicTime, bootTime: Duration = .seconds(3)) {
        with(time) { $0.restart(bootTime: bootTime) }
    }

    /// What is only in RAM is lost, without any other sign.
    public func loseRAM(at time: MonotonicTime) { with(time) { $0.loseRAM() } }

    /// What is wrong with it from now on.
    public func setFaults(_ faults: DeviceFaults, at time: MonotonicTime) { with(time) { $0.faults = faults } }

    /// What is wrong with it.
    public var faults: DeviceFaults { core.withLock { $0.faults } }

    /// Addresses that are refused from now on, beside those refused already.
    public func refuse(_ addresses: [RegisterTable: [Int: UInt8]], at time: MonotonicTime) {
        with(time) { $0.exceptions.merge(addresses) { $0.merging($1) { $1 } } }
    }

    /// Changes registers, which then stay so until a car comes or goes or the device restarts.
    ///
    /// `torn`: the change happens in the middle of the next read that touches one of them.
    public func change(_ words: [RegisterTable: [Int: UInt16]], torn: Bool = false, at time: MonotonicTime) {
        with(time) { core in
            if torn {
                core.torn.merge(words) { $0.merging($1) { $1 } }
            } else {
                core.pin(words)
            }
        }
    }

    /// Makes the registers of a point say a value in the canonical unit; false when none can.
    @discardableResult
    public func show(_ value: Value, as point: String, at time: MonotonicTime) -> Bool {
        with(time) { core in
            core.shown = [:]
            return core.show(value, as: point)
        }
    }

    // MARK: What is to be seen

    /// The value of a point as the device has it: its registers decoded, or for write-only points what was written last.
    ///
    /// Nil for a point that the profile does not have.
    public func value(of point: String, at time: MonotonicTime) -> DecodedValue? {
        with(time) { core in
            core.refresh()
            guard let definition = core.map.point(point)?.definition else { return nil }
            if definition.origin == .writeOnly {
                return core.written[point].map { DecodedValue($0) } ?? .noData
            }
            return core.decoded(point)
        }
    }

    /// The car at the box.
    public var car: SimulatedCar? { core.withLock { $0.model?.car } }

    /// The current of the box's own phases L1 to L3 in mA; zeros before the model took over and for other devices.
    public func currents(at time: MonotonicTime) -> [Int] {
        with(time) { core in (1...3).map { core.model?.current(phase: $0) ?? 0 } }
    }

    /// The words of a range.
    public func words(_ table: RegisterTable, _ range: Range<Int>, at time: MonotonicTime) -> [UInt16] {
        with(time) { core in
            core.refresh()
            return core.image[table, range]
        }
    }

    /// How often a point was written that is kept in memory that wears out (or may be).
    public func wear(of point: String) -> Int { core.withLock { $0.wear[point] ?? 0 } }

    /// Whether the watchdog found its host silent for too long.
    public func hasFallenBack(at time: MonotonicTime) -> Bool { with(time) { $0.watchdog?.hasFallen ?? false } }

    private func with<Result: Sendable>(_ time: MonotonicTime, _ body: (inout sending DeviceCore) -> sending Result)
        -> Result
    {
        core.withLock { core in
            core.advance(to: time)
            return body(&core)
        }
    }
}
