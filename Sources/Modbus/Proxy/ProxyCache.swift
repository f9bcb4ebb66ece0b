import DriverAPI
import ReadPlanning

/// The reads that are under way, and the answers that still count.
struct ProxyCache {
    /// What is read.
    struct Key: Hashable {
        var unit: UInt8
        var request: ReadRequest
    }

    private struct Read {
        var key: Key
        /// Who wants the answer; the first one asked.
        var waiters: [UInt64]
    }

    private static let capacity = 512
    /// By who asked.
    private var reads: [UInt64: Read] = [:]
    /// The reads that others may join.
    private var open: [Key: UInt64] = [:]
    private var answers: [Key: (pdu: [UInt8], at: MonotonicTime)] = [:]

    /// The answer to a read if it is younger than `freshness`.
    func answer(_ key: Key, freshness: Duration, at now: MonotonicTime) -> [UInt8]? {
        guard let answer = answers[key], answer.at.duration(to: now) < freshness else { return nil }
        return answer.pdu
    }

    /// Lets a waiter join a read that is under way; false when there is none, which begins one of its own.
    mutating func join(_ key: Key, waiter: UInt64) -> Bool {
        if let owner = open[key] {
            reads[owner]?.waiters.append(waiter)
            return true
        }
        open[key] = waiter
        reads[waiter] = Read(key: key, waiters: [waiter])
        return false
    }

    /// A waiter gives up; answers with who asked when nobody waits for that read any more.
    mutating func leave(_ waiter: UInt64) -> UInt64? {
        guard let owner = reads.first(where: { $0.value.waiters.contains(waiter) })?.key else { return nil }
        reads[owner]?.waiters.removeAll { $0 == waiter }
        guard let read = reads[owner], read.waiters.isEmpty else { return nil }
        reads[owner] = nil
        if open[read.key] == owner { open[read.key] = nil }
        return owner
    }

    /// A read ended: who waited for it. Only a proper answer counts for others, unless the unit was written meanwhile.
    mutating func end(_ owner: UInt64, answer: [UInt8]?, at now: MonotonicTime) -> [UInt64] {
        guard let read = reads.removeValue(forKey: owner) else { return [] }
        guard open[read.key] == owner else { return read.waiters }
        open[read.key] = nil
        if let answer {
            if answers.count >= Self.capacity { answers = [:] }
            answers[read.key] = (answer, now)
        }
        return read.waiters
    }

    /// A unit is written: nothing that was read or asked before counts for whoever asks from now on.
    mutating func forget(unit: UInt8) {
        answers = answers.filter { $0.key.unit != unit }
        open = open.filter { $0.key.unit != unit }
    }
}
