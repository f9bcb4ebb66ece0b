import OCPP
import Storage

/// What an operator does with stored OCPP transactions and keys; the same beside a running host and without one.
public struct OCPPOrders: Sendable {
    private let storage: SiteStorage

    /// Orders on the books of a site.
    public init(_ storage: SiteStorage) { self.storage = storage }

    /// What became of sending again.
    public struct Resent: Codable, Hashable, Sendable {
        /// How many messages are back in their queues.
        public var messages: Int
        /// How many stay: they belong to no transaction, and without its id they cannot be sent.
        public var left: Int
    }

    /// Puts what could not be delivered back into its queue, that of one transaction or all of it. Throws `StorageError`.
    public func resend(_ transaction: Int?) async throws(StorageError) -> Resent {
        let messages =
            if let transaction { try await storage.resend(transaction: transaction) } else {
                try await storage.resendAll()
            }
        let left = try await storage.undelivered().count { $0.transaction == nil }
        return Resent(messages: messages, left: transaction == nil ? left : 0)
    }

    /// A transaction that was ended by an operator.
    public struct Closed: Codable, Hashable, Sendable {
        /// Its local id.
        public var transaction: Int
        /// The box's id in the site file.
        public var box: String
        /// The connector the backend sees.
        public var connector: Int
        /// When it began, in UTC.
        public var start: String
        /// The time of its last meter value, at which it ended, in UTC.
        public var end: String
        /// What was charged, in Wh.
        public var energy_wh: Int

        init(_ stored: StoredTransaction) {
            transaction = stored.id
            box = stored.box
            connector = stored.connector
            start = "\(stored.startedAt)"
            end = "\(stored.stoppedAt ?? stored.meterAt)"
            energy_wh = (stored.meterStop ?? stored.meterLast) - stored.meterStart
        }
    }

    /// Ends the transaction of a slave that does not come back, at its last meter value, with the reason Other.
    ///
    /// Throws `StorageError`.
    public func close(_ transaction: Int) async throws(StorageError) -> Closed {
        let closed = try await storage.close(transaction: transaction, reason: StopReason.other.rawValue) { facts in
            StopTransactionRequest(
                meterStop: facts.meterStop, timestamp: Timestamp(facts.at),
                transactionId: facts.transaction ?? transaction, reason: .other
            ).json.bytes
        }
        return Closed(closed)
    }

    /// Stores a secret, or removes it. Throws ``OCPPSecretError``.
    public func set(_ secret: OCPPSecret) async throws(OCPPSecretError) {
        do throws(StorageError) {
            switch secret.owner {
            case .backend: try await storage.setAuthorizationKey(secret.text)
            case .slave(let id, let box):
                try await storage.setKey(secret.password, ofSlave: id, box: box)
            }
        } catch {
            throw .storage(error)
        }
    }
}
