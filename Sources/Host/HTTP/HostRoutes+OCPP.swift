import Foundation
import OCPP
import Storage

extension HostRoutes {
    /// `{"key": "…"}`: the password for the backend; with `"slave": "BOX7"` that of a slave.
    func setKey(_ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(KeyRequest.self, from: Data(body)) else {
            return .problem(400, "body", #"the body must be {"key": "…"} or {"key": "…", "slave": "BOX7"}"#)
        }
        guard let key = AuthorizationKey(asked.key) else {
            return .problem(
                422, "key", "a key has 16 to 40 visible characters, or is 32 to 40 hexadecimal figures of bytes")
        }
        do throws(StorageError) {
            guard let slave = asked.slave else {
                try await host.storage.setConfiguration([
                    ConfigurationValue(key: "AuthorizationKey", value: asked.key)
                ])
                // The station takes it over, and connects with it.
                await host.ocpp.runner?.take(.keyChanged(name: "AuthorizationKey", value: asked.key))
                return .json(["key": "set"])
            }
            guard let id = ChargePointID(slave) else {
                return .problem(422, "slave", "\"\(slave)\" is no ChargePointID")
            }
            let known = try await host.storage.pairedSlave(id.description)
            var paired = PairedSlave(
                chargePoint: id.description, box: known?.box ?? "", key: key.password,
                pairedAt: known?.pairedAt ?? .now())
            (paired.vendor, paired.model, paired.serial) = (known?.vendor, known?.model, known?.serial)
            paired.seenAt = known?.seenAt
            try await host.storage.storePairedSlave(paired)
            return .json(["key": "set", "slave": id.description])
        } catch {
            return .problem(500, "storage", error.description)
        }
    }

    /// Every queue, and what could not be delivered.
    func queues() async -> ControlResponse {
        do throws(StorageError) {
            return .json(
                QueueDocument(
                    queues: try await host.storage.queues().map(QueueDocument.Queue.init),
                    undelivered: try await host.storage.undelivered().map(QueueDocument.Message.init)))
        } catch {
            return .problem(500, "storage", error.description)
        }
    }

    /// `{"transaction": 7}`: sends the undelivered messages of a transaction again; without one, of all.
    func resend(_ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(TransactionRequest.self, from: Data(body)) else {
            return .problem(400, "body", #"the body must be {"transaction": 7} or {}"#)
        }
        do throws(StorageError) {
            let transactions: [Int]
            if let one = asked.transaction {
                transactions = [one]
            } else {
                var seen: Set<Int> = []
                transactions = try await host.storage.undelivered().compactMap(\.transaction).filter {
                    seen.insert($0).inserted
                }
            }
            var count = 0
            for transaction in transactions { count += try await host.storage.resend(transaction: transaction) }
            await host.ocpp.runner?.sendQueue()
            return .json(["messages": count])
        } catch {
            if case .unknownTransaction = error { return .problem(404, "transaction", error.description) }
            return .problem(500, "storage", error.description)
        }
    }

    /// `{"transaction": 7}`: ends the transaction of a slave that never comes back, at its last meter value.
    func closeTransaction(_ body: [UInt8]) async -> ControlResponse {
        guard let id = (try? JSONDecoder().decode(TransactionRequest.self, from: Data(body)))?.transaction else {
            return .problem(400, "body", #"the body must be {"transaction": 7}"#)
        }
        do throws(StorageError) {
            guard let stored = try await host.storage.transaction(id) else { throw .unknownTransaction(id) }
            guard stored.stoppedAt == nil else {
                return .problem(409, "ended", "transaction \(id) has ended already")
            }
            if let runner = host.ocpp.runner, runner.setup.boxes[stored.connector] != nil {
                await runner.take(.stop(connector: stored.connector, .other))
                return .json(["transaction": id])
            }
            let request = StopTransactionRequest(
                meterStop: stored.meterLast, timestamp: Timestamp(stored.meterAt), transactionId: id, reason: .other)
            let queue = try await host.storage.transactionQueue(for: stored.backend)
            try await queue.append(
                .stop(TransactionStop(request, box: stored.box, connector: stored.connector)))
            await host.ocpp.runner?.take(.slaveTransaction(connector: stored.connector, nil))
            await host.ocpp.runner?.sendQueue()
            return .json(["transaction": id])
        } catch {
            if case .unknownTransaction = error { return .problem(404, "transaction", error.description) }
            return .problem(500, "storage", error.description)
        }
    }
}

private struct KeyRequest: Decodable {
    var key: String
    var slave: String?
}

private struct TransactionRequest: Decodable {
    var transaction: Int?
}

/// The queues as the interface shows them.
public struct QueueDocument: Codable, Sendable {
    /// One queue.
    public struct Queue: Codable, Sendable {
        /// To whom its messages go, without the ChargePointID; empty on a site without a backend.
        public var backend: String
        /// The ChargePointID.
        public var charge_point: String
        /// How many messages wait.
        public var waiting: Int
        /// How many could not be delivered.
        public var undelivered: Int
        /// When the first of those that wait was stored, in UTC; nil when none waits.
        public var oldest: String?

        init(_ summary: QueueSummary) {
            backend = summary.backend.url
            charge_point = summary.backend.chargePoint
            waiting = summary.waiting
            undelivered = summary.undelivered
            oldest = summary.oldest?.description
        }
    }

    /// A message that could not be delivered.
    public struct Message: Codable, Sendable {
        /// What it is.
        public var kind: String
        /// The local id of its transaction.
        public var transaction: Int?
        /// The connector the backend sees.
        public var connector: Int
        /// When it was stored, in UTC.
        public var queued: String
        /// Why it was not delivered.
        public var reason: String

        init(_ message: UndeliveredMessage) {
            kind = message.kind.rawValue
            transaction = message.transaction
            connector = message.connector
            queued = message.queuedAt.description
            reason = message.reason
        }
    }

    /// Those with something in them.
    public var queues: [Queue]
    /// In the order it was to be sent.
    public var undelivered: [Message]
}
