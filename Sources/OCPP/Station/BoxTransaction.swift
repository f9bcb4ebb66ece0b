/// A transaction that the station runs for a box.
struct BoxTransaction: Sendable {
    var open: OpenTransaction
    /// Whether `open.start` is right for sure.
    var isTimeCertain = true
    /// When it began on the clock that never jumps; what was begun before a restart began with it.
    let begin: Duration
    /// Whether it was begun before the station started.
    var wasResumed = false
    /// Whether the vehicle has drawn energy since it began.
    var hasCharged = false
    /// The meter at which delivery ends because the tag was refused after the start; nil while the tag is good.
    var refusedAbove: Int?
    /// What StopTransaction will bear.
    private(set) var record: [MeterValue] = []
    /// When the last meter value of MeterValueSampleInterval was due; the next one is due an interval later.
    var lastSample: Duration
    /// The register at the last meter value of MeterValueSampleInterval, in Wh.
    var sampledEnergy: Int
    /// The register at the last meter value of the clock, in Wh.
    var alignedEnergy: Int
    /// When a meter value was stored last.
    var storedAt: Duration
    /// Whether the meter reads less than before.
    var isMeterBack = false

    init(_ open: OpenTransaction, at now: Duration) {
        self.open = open
        begin = now
        lastSample = now
        storedAt = now
        sampledEnergy = open.meterLast
        alignedEnergy = open.meterLast
    }

    /// Whether the tag may still take energy.
    var mayCharge: Bool { refusedAbove.map { open.meterLast < $0 } ?? true }

    /// The most meter values a StopTransaction bears; with more, every second one is left out.
    private static let recordLimit = 400

    mutating func keep(_ value: MeterValue) {
        record.append(value)
        guard record.count > BoxTransaction.recordLimit else { return }
        record = record.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    }
}
