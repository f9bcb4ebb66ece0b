import DriverAPI

/// What the box was told of charging; values in the unit the box is governed in, 0 for off.
struct ChargeRecord {
    /// The last value fully acknowledged and verified; survives restarts.
    var told: Exact?
    /// The last value told that was not off.
    var lastOn: Exact?
    /// The value asserted on this connection; nil: unknown, so the next command asserts everything.
    var asserted: Exact?
    /// The highest value the box may be following: told, or attempted since.
    var mayFollow: Exact?
    /// Whether a phase switch has stopped charging for its time.
    var isPaused = false
    /// A stop or lowering that could not be sent to a silent box; goes out first when it may be asked again.
    var pending: ChargeTarget?
    /// Whether a new profile has to assert the value once.
    var assertsAfterSwap = false
}
