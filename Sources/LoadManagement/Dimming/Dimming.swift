/// The power that the grid operator has to leave to controllable devices while it dims them.
///
/// After §14a EnWG and decision BK6-22-300 of the Bundesnetzagentur, annex 1, number 4.5: what counts is the draw from the
/// grid; own generation may be used on top. All powers are milliwatts.
public enum Dimming {
    /// What is left to each device that is dimmed by itself, and to the first of several: 4.2 kW.
    public static let device = 4_200_000

    /// Above this connection power heat pumps and air conditioners count with a share of it: 11 kW.
    static let largeDevice = 11_000_000

    /// The controllable devices behind one energy management.
    public struct Devices: Hashable, Codable, Sendable {
        /// How many charging points and batteries there are.
        public var chargersAndStorages: Int
        /// The connection power of each heat pump with its heating elements.
        public var heatPumps: [Int]
        /// The connection power of each air conditioner; those of one building count as one.
        public var airConditioners: [Int]

        /// Makes a set of devices.
        public init(chargersAndStorages: Int, heatPumps: [Int] = [], airConditioners: [Int] = []) {
            self.chargersAndStorages = chargersAndStorages
            self.heatPumps = heatPumps
            self.airConditioners = airConditioners
        }

        var count: Int { max(0, chargersAndStorages) + heatPumps.count + airConditioners.count }
    }

    /// What is left to a single device: 4.2 kW; to a heat pump or air conditioner above 11 kW 40 % of its connection power.
    public static func power(heatPumpOrAirConditioner power: Int) -> Int {
        power > largeDevice ? power / 10 * 4 : device
    }

    /// What is left to all of `devices` together; nothing where there is none.
    ///
    /// 4.2 kW for the first and 4.2 kW times the factor of simultaneity for every further one. With a heat pump or air
    /// conditioner above 11 kW, the first counts with 40 % of the power of all heat pumps or of all air conditioners,
    /// whichever is more.
    public static func power(_ devices: Devices) -> Int {
        guard devices.count > 0 else { return 0 }
        let isLarge = (devices.heatPumps + devices.airConditioners).contains { $0 > largeDevice }
        let sum = max(devices.heatPumps.reduce(0, +), devices.airConditioners.reduce(0, +))
        let first = isLarge ? sum / 10 * 4 : device
        return first + (devices.count - 1) * device / 100 * simultaneity(devices.count)
    }

    /// The factor of simultaneity for `count` devices, in hundredths: 80 for two, 5 less for every further one, 45 from nine on.
    static func simultaneity(_ count: Int) -> Int { count < 2 ? 100 : max(45, 90 - 5 * count) }

    /// What boxes may draw while dimmed to `power`, where `surplus` is what is left of the site's own generation with what
    /// these boxes draw now (see ``Surplus``).
    public static func allowed(_ power: Int, surplus: Int) -> Int { power + max(0, surplus) }
}
