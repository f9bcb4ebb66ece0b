import DeviceProfiles
import DriverAPI

/// One run of writes: why they go out, what they may do, and what has to be read back after the last.
final class WriteContext {
    /// A value that must be read back.
    struct Check {
        /// The point that was written.
        var point: Int
        /// The point that shows it.
        var by: Int
        /// What was written.
        var written: EncodedWrite
        /// Whether the words at the read place must be those written.
        var comparesWords: Bool
        /// How long and how exactly.
        var rule: WriteRule.Verification
        /// When it was acknowledged.
        var time: MonotonicTime
    }

    /// Why it is written.
    let cause: WrittenFrame.Cause
    /// The control block; nil for init and keepalive.
    let block: ControlBlock?
    /// Whether it stops or lowers, so that no budget, pause or condition of a write holds it up.
    let isLowering: Bool
    /// What a bare point name in a list means.
    var natural: [String: WriteValue] = [:]
    /// How the values of points are fitted; plainly where nothing stands.
    var fitting: [String: ProfileEngine.Fitting] = [:]
    /// The frames that left.
    var frames: [String] = []
    /// What has to be read back.
    var checks: [Check] = []

    /// Makes a context.
    init(
        cause: WrittenFrame.Cause, block: ControlBlock? = nil, isLowering: Bool = false
    ) {
        self.cause = cause
        self.block = block
        self.isLowering = isLowering
    }
}
