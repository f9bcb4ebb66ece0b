/// What is left of the site's own generation for boxes in the modes `surplus` and `min+surplus`.
///
/// All powers are milliwatts summed over the phases, as a balancing meter counts and pays them: feed-in on one phase makes
/// up for a draw on another. What the boxes draw now is part of the result.
public enum Surplus {
    /// A battery of the site.
    public struct Storage: Hashable, Codable, Sendable {
        /// What it charges with; negative is discharging.
        public var charging: Int
        /// Whether what it gives counts as surplus too, so that it may be emptied into cars.
        public var isForCars: Bool

        /// Makes a battery that charges with `charging` milliwatts.
        public init(charging: Int, isForCars: Bool) {
            self.charging = charging
            self.isForCars = isForCars
        }
    }

    /// The surplus by the meter at the grid.
    ///
    /// `grid` is what is drawn from the grid, negative for feed-in; `boxes` is what the boxes that use the surplus draw now.
    /// What a battery charges with is surplus, for cars come before it; what it discharges with is surplus only if it is
    /// there for cars.
    public static func power(grid: Int, boxes: Int, storages: [Storage] = []) -> Int {
        boxes - grid + storages.reduce(0) { $0 + fromGrid($1) }
    }

    /// The surplus without a meter at the grid: `production` less `consumption`, which counts neither boxes nor batteries.
    public static func power(production: Int, consumption: Int, storages: [Storage] = []) -> Int {
        production - consumption + storages.reduce(0) { $0 + ($1.isForCars ? max(0, -$1.charging) : 0) }
    }

    /// A battery's part of the grid's power, taken back: what flows into it could flow into cars, and what flows out of it
    /// hides that there is no surplus.
    private static func fromGrid(_ storage: Storage) -> Int {
        storage.isForCars ? max(0, storage.charging) : storage.charging
    }
}
