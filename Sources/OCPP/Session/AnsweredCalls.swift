/// The latest calls of the other side with their answers, to know one that comes again.
struct AnsweredCalls: Sendable {
    private struct Entry: Sendable {
        let id: String
        let action: String
        let payload: Int
        let answer: Frame
        let time: Duration
    }

    private var entries: [Entry] = []
    private let limit = 32

    mutating func remember(_ call: IncomingCall, _ answer: Frame, at time: Duration) {
        entries.removeAll { $0.id == call.id }
        if entries.count >= limit { entries.removeFirst() }
        entries.append(
            Entry(id: call.id, action: call.action, payload: call.payload.hashValue, answer: answer, time: time))
    }

    /// The answer that the same call got within the window.
    ///
    /// Some charge points use one id for everything. So only a call with the same content counts, and none whose answer
    /// carries the time.
    func answer(to call: IncomingCall, at time: Duration, window: Duration) -> Frame? {
        guard call.action != Action.heartbeat.rawValue, call.action != Action.bootNotification.rawValue,
            let entry = entries.last(where: { $0.id == call.id }), entry.action == call.action,
            entry.payload == call.payload.hashValue, time - entry.time <= window
        else { return nil }
        return entry.answer
    }
}
