import DeviceProfiles
import DriverAPI

/// What the engine knows of one point at present.
struct PointState {
    /// Whether the device has the point.
    enum Presence: Hashable { case unknown, present, absent }

    /// The value as decoded last; nil when there is none.
    var value: Value?
    /// The quality when it was determined; age and freezing come on top.
    var quality: Quality = .missing
    /// When the answer arrived.
    var time = MonotonicTime.zero
    /// The reason of a wallbox state.
    var reason: String?
    /// The last value that was good.
    var lastGood: Value?
    /// The words as read last.
    var words: [UInt16]
    /// How many words of a value read in pieces are there.
    var filled = 0
    /// What the words or the inputs came to, before filtering and freezing.
    var decoded: DecodedValue?
    /// Whether the device has it.
    var presence = Presence.present
    /// Whether the device refused it when asked alone.
    var isRefused = false
    /// Whether it was answered since the connection was made.
    var hasAnswered = false
    /// Until the end of the sequence that froze it.
    var isFrozen = false
    /// When it is to be read next; nil: when somebody asks.
    var nextDue: MonotonicTime?
    /// What was reported last.
    var reported: Quality?
    /// The memory of plausibility and counting; nil for points without such rules.
    var filter: ReadingFilter?

    /// Whether it can be asked for.
    var isReadable: Bool { presence == .present && !isRefused }
}
