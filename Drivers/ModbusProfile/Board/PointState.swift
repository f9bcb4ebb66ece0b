import DeviceProfiles
import DriverAPI

/// What the engine knows of one point at present; belongs to one board.
final class PointState {
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
    /// When it was last read or calculated, frozen or not.
    var readAt = MonotonicTime.zero
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
    /// The memory of plausibility and counting; nil for points without such rules, which are most.
    private let filtering: Filtering?
    /// Whether value or quality are new since they were reported.
    var isRenewed = false

    /// Nothing known yet of a point of so many words.
    init(words: Int, filter: ReadingFilter?) {
        self.words = Array(repeating: 0, count: words)
        filtering = filter.map(Filtering.init)
    }

    /// A filter kept beside, so that points without one do not take its memory.
    private final class Filtering {
        var filter: ReadingFilter
        init(_ filter: ReadingFilter) { self.filter = filter }
    }

    /// The reading as it is to be shown after the rules of plausibility and counting.
    func filtered(_ reading: DecodedValue, in scope: some ExpressionScope) -> DecodedValue {
        filtering?.filter.filter(reading, in: scope) ?? reading
    }

    /// Whether it can be asked for.
    var isReadable: Bool { presence == .present && !isRefused }

    /// Takes over what is known of a point that is defined alike; presence and schedule are found out anew.
    func inherit(_ other: PointState) {
        value = other.value
        quality = other.quality
        time = other.time
        reason = other.reason
        lastGood = other.lastGood
        words = other.words
        readAt = other.readAt
        decoded = other.decoded
        if let known = other.filtering { filtering?.filter = known.filter }
        reported = other.reported
    }
}
