/// How a read ended, as far as it tells something about the device's map.
public enum ReadOutcome: Hashable, Sendable {
    /// With the words.
    case answered
    /// With exception 2 (illegal data address) or 3 (illegal data value): something in the request does not exist.
    case refused
    /// The device closed the connection instead of answering; some do so on an unknown register.
    case closed
    /// With nothing about the map: other exceptions (4 device failure, 6 busy), time-outs, garbled answers.
    case inconclusive

    /// What an exception code says (Modbus Application Protocol V1.1b3, 7).
    public static func exception(_ code: UInt8) -> ReadOutcome { code == 2 || code == 3 ? .refused : .inconclusive }
}

/// What refused reads led to.
public enum LearningConclusion: Hashable, Sendable {
    /// The device does not have this point.
    case absent(PlanItem)
    /// A gap that no request may bridge.
    case barrier(LearnedMap.Span)
    /// No request may cover this address and the one before it.
    case border(RegisterTable, address: Int)
    /// The device reads no more than so many addresses at once.
    case maxRead(RegisterTable, Int)
    /// A repetition was answered: nothing was learned.
    case transient
}
