import DriverAPI
import OCPP
import Storage

/// A message of the queue that is on its way.
struct SentMessage: Sendable {
    var message: QueuedMessage
    /// The call that carries it.
    var ticket: Ticket
    /// When it was handed to the session.
    var since: MonotonicTime
    /// The heartbeat that tells whether the message is at fault for its missing answer; nil until it is needed.
    var probe: Ticket?
    /// The probe was not answered either.
    var isDead = false
    /// What became of it is being stored.
    var isSettling = false
}

extension BackendLink {
    /// A connection that ends so soon after a message, by the backend's doing, ended because of it.
    private static let rightAfter = Duration.seconds(5)
    /// How long is waited after the queue could not be read or written.
    private static let storagePause = Duration.seconds(5)

    /// The queue may have something to send.
    func wake() { pump() }

    /// Takes the next message of the queue if none is on its way.
    func pump() {
        isWanted = true
        guard isOpen, sending == nil, !isFetching, pumpsAt == nil else { return }
        isFetching = true
        Task { await fetch() }
    }

    private func fetch() async {
        while isWanted, isOpen, sending == nil, pumpsAt == nil {
            isWanted = false
            do throws(StorageError) {
                guard let message = try await queue.next() else { continue }
                guard isOpen, sending == nil else { break }
                try await begin(message)
            } catch {
                hold(after: Self.storagePause)
                emit(.queueFailed(error))
            }
        }
        isFetching = false
        if isWanted, isOpen, sending == nil, pumpsAt == nil { pump() }
    }

    private func begin(_ message: QueuedMessage) async throws(StorageError) {
        do throws(PayloadProblem) {
            let payload = try message.sent()
            let ticket = session.enqueue(message.action, payload, lane: .transaction)
            sending = SentMessage(message: message, ticket: ticket, since: clock.now)
            flush()
        } catch {
            // What cannot be sent must not hold up all that comes after it.
            isWanted = true
            try await note(message, .callError(error.description), rule: AttemptRule(attempts: 1, interval: .zero))
        }
    }

    /// A call of the pump has ended.
    func ended(_ ticket: Ticket, _ outcome: Outcome) {
        guard var sent = sending else { return }
        if ticket == sent.probe {
            // With an answer the message itself is at fault; without, the connection is.
            if case .answered = outcome { return settle(sent, .timeout(heartbeatAnswered: true)) }
            if case .refused = outcome { return settle(sent, .timeout(heartbeatAnswered: true)) }
            sent.isDead = true
            sending = sent
            giveUp("no answer")
            return
        }
        guard ticket == sent.ticket else { return }
        switch outcome {
        case .answered(let payload):
            if let answer = sent.message.answer(payload) {
                deliver(sent, answer)
            } else {
                settle(sent, .callError("its answer carries no transaction id"))
            }
        case .refused(let error): settle(sent, .callError("\(error.sentCode) \(error.description)"))
        case .timedOut:
            sent.probe = session.enqueue(HeartbeatRequest(), lane: .urgent, passesGate: true)
            sending = sent
        case .closed: break
        }
    }

    /// The connection ended with a message on its way.
    func lost(_ sent: SentMessage, isTheirs: Bool) async {
        let isRightAfter = sent.probe == nil && sent.since.duration(to: clock.now) < Self.rightAfter
        let outcome: SendOutcome =
            if sent.isDead { .timeout(heartbeatAnswered: false) } else if isTheirs && isRightAfter {
                .closedAfterIt
            } else { .connectionLost }
        await conclude(sent, outcome)
    }

    private func deliver(_ sent: SentMessage, _ answer: TransactionAnswer) {
        sending?.isSettling = true
        let id: Int? = if case .start(let response) = answer { response.transactionId } else { nil }
        Task {
            do throws(StorageError) {
                let isNew = try await queue.delivered(sent.message.id, backendID: id)
                sending = nil
                if isNew { emit(.delivered(sent.message, answer)) }
            } catch {
                // It is still in the queue and is sent again, with the same content.
                sending = nil
                hold(after: Self.storagePause)
                emit(.queueFailed(error))
            }
            release()
            pump()
        }
    }

    private func settle(_ sent: SentMessage, _ outcome: SendOutcome) {
        sending?.isSettling = true
        Task { await conclude(sent, outcome) }
    }

    private func conclude(_ sent: SentMessage, _ outcome: SendOutcome) async {
        do throws(StorageError) {
            try await note(sent.message, outcome, rule: rule)
        } catch {
            hold(after: Self.storagePause)
            emit(.queueFailed(error))
        }
        sending = nil
        release()
        pump()
    }

    private func note(
        _ message: QueuedMessage, _ outcome: SendOutcome, rule: AttemptRule
    ) async throws(StorageError) {
        switch try await queue.failed(message.id, outcome, rule: rule) {
        case .again(_, let wait): if wait > .zero { hold(after: wait) }
        case .usedUp: emit(.setAside(message, reason: outcome.description))
        }
    }

    /// Sends nothing of the queue for a while.
    private func hold(after wait: Duration) {
        let time = clock.now.advanced(by: wait)
        pumpsAt = max(pumpsAt ?? time, time)
        arm(time)
    }
}
