/// Calls of ours that wait to be sent, in three lanes.
///
/// The transaction lane keeps its order strictly. Ordinary calls (status, heartbeat) and transaction messages take turns,
/// so that ten thousand queued messages do not starve a heartbeat nor the other way round. Urgent calls (boot, authorise,
/// what was triggered) go first, but after four of them one of the others has its turn.
struct CallQueue: Sendable {
    struct Waiting: Sendable, Equatable {
        let ticket: Ticket
        let action: Action
        let payload: JSONObject
        let passesGate: Bool
    }

    private var lanes: [Lane: [Waiting]] = [:]
    private var urgentInARow = 0
    private var lastTurn = Lane.ordinary

    var count: Int { lanes.values.reduce(0) { $0 + $1.count } }

    /// All that wait, the order of the lanes being that of their urgency.
    var tickets: [Ticket] { Lane.allCases.flatMap { lanes[$0, default: []].map(\.ticket) } }

    mutating func append(_ call: Waiting, _ lane: Lane, first: Bool) {
        lanes[lane, default: []].insert(call, at: first ? 0 : lanes[lane, default: []].count)
    }

    mutating func remove(_ ticket: Ticket) -> Bool {
        for lane in Lane.allCases {
            if let place = lanes[lane]?.firstIndex(where: { $0.ticket == ticket }) {
                lanes[lane]?.remove(at: place)
                return true
            }
        }
        return false
    }

    mutating func removeAll() { lanes = [:] }

    /// The next call; with a closed gate only one that passes it.
    mutating func take(gateIsOpen: Bool) -> Waiting? {
        for lane in order {
            guard let place = lanes[lane]?.firstIndex(where: { gateIsOpen || $0.passesGate }) else { continue }
            // Nothing overtakes in the transaction lane, not even through a closed gate.
            if lane == .transaction, place > 0 { continue }
            urgentInARow = lane == .urgent ? urgentInARow + 1 : 0
            if lane != .urgent { lastTurn = lane }
            return lanes[lane]?.remove(at: place)
        }
        return nil
    }

    private var order: [Lane] {
        let others: [Lane] = lastTurn == .ordinary ? [.transaction, .ordinary] : [.ordinary, .transaction]
        return urgentInARow >= 4 ? others + [.urgent] : [.urgent] + others
    }
}

/// Where a call waits until it is sent.
public enum Lane: Sendable, Hashable, CaseIterable {
    /// Boot, authorise, and what was triggered.
    case urgent
    /// Status, heartbeat and all others.
    case ordinary
    /// StartTransaction, StopTransaction and MeterValues: strictly in order.
    case transaction
}

/// Stands for one call of ours, whatever ids it is sent with.
public struct Ticket: Hashable, Sendable {
    let number: Int
}
