import DeviceProfiles
import DriverAPI
import ReadPlanning

/// Everything that changes in a simulated device; ``SimulatedDevice`` guards it.
struct DeviceCore: Sendable {
    /// What the registers mean and allow.
    let map: RegisterMap
    /// The registers as they are now.
    var image: RegisterImage
    /// The registers as they are after power returns: the fixture, and what was written to flash since.
    var powerUp: RegisterImage
    /// Addresses that are refused, and with which code.
    var exceptions: [RegisterTable: [Int: UInt8]]
    /// What is wrong with it.
    var faults = DeviceFaults()
    /// The car and its current; nil for devices that are no wallbox.
    var model: WallboxModel?
    /// Whether the registers follow ``model``; at first they are the fixture's.
    var isAwake = false
    /// What the model showed last by point, so that only what changes is encoded anew; empty after other changes.
    var shown: [String: Exact] = [:]
    /// Registers that were set from outside and stay so, whatever the model says.
    var pinned: [RegisterTable: Set<Int>] = [:]
    /// The watchdog; nil for devices without.
    var watchdog: DeviceWatchdog?
    /// The present moment.
    var now: MonotonicTime
    /// Values written to points whose registers do not show them.
    var written: [String: Value] = [:]
    /// Writes that went to memory that wears out, by point.
    var wear: [String: Int] = [:]
    /// Commands that run down or fall back by themselves.
    var timers: [String: CommandTimer] = [:]
    /// Changes that happen in the middle of the next read that touches them.
    var torn: [RegisterTable: [Int: UInt16]] = [:]
    /// When the device answers again after a restart.
    var bootedAt: MonotonicTime
    /// Requests heard so far.
    var requests = 0
    /// Whether the registers may differ from what the model says.
    var isStale = false

    /// Makes a device that was switched on at `start`.
    init(map: RegisterMap, fixture: Fixture, start: MonotonicTime) {
        self.map = map
        image = RegisterImage(fixture.words)
        powerUp = image
        exceptions = fixture.exceptions
        faults.isSilent = fixture.silent
        now = start
        bootedAt = start
        watchdog = map.profile.keepAlive.map {
            DeviceWatchdog($0, setPoint: map.profile.control.charge?.set, start: start)
        }
        if isWallbox { model = WallboxModel(beginning, at: start) }
    }

    /// The device's own view of its points.
    var scope: ImageScope { ImageScope(image: image, map: map) }

    /// The decoded value of a point; nil when the profile does not have it.
    func decoded(_ name: String) -> DecodedValue? { scope.decoded(name) }

    /// The number of a point; nil when it has none.
    func number(_ name: String) -> Exact? { decoded(name)?.value?.number }

    /// Makes the registers of a point say a value; false when no registers can.
    @discardableResult
    mutating func show(_ value: Value, as name: String) -> Bool {
        let scope = scope
        guard let point = map.point(name), scope.has(point) else { return false }
        if let place = point.place {
            guard let write = point.words(for: value, in: scope) else { return false }
            image.set(write.words, in: place.table, at: place.address, masks: write.masks)
            return true
        }
        if let number = value.number, case .expression(let expression) = point.definition.origin {
            let inverted = point.definition.value.invert?.holds(in: scope) ?? false
            let target = inverted ? number.negated : number
            guard let changes = ExpressionInverse(scope: scope).changes(expression, to: target) else { return false }
            for change in changes { show(.number(change.value), as: change.point) }
            return true
        }
        guard let found = MemberSearch(targets: [(name, value)]).image(in: scope) else {
            return decoded(name)?.value == value
        }
        image = found
        return decoded(name)?.value == value
    }
}
