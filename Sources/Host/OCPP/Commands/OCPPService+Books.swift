import Storage

extension OCPPService {
    /// An operator has changed what is stored; the station that runs goes on with it.
    nonisolated func heed(_ change: OCPPBookChange) async {
        guard let runner else { return }
        switch change {
        case .requeued: await runner.sendQueue()
        case .closed(_, let connector):
            await runner.take(.slaveTransaction(connector: connector, nil))
            await runner.sendQueue()
        case .authorizationKey(let key?): await runner.take(.keyChanged(name: "AuthorizationKey", value: key))
        case .authorizationKey(nil): await runner.link?.reconnect()
        // What a slave must show is looked up whenever one connects.
        case .slaveKey: break
        }
    }

    /// Ends the transaction of a box whose sessions the host runs itself, at its last meter value; whether it has ended
    /// within five seconds. Nil for the connector of a slave, and without a station.
    nonisolated func endOwn(_ transaction: StoredTransaction, _ storage: SiteStorage) async -> StoredTransaction?? {
        guard let runner, runner.setup.boxes[transaction.connector] != nil else { return nil }
        await runner.take(.stop(connector: transaction.connector, .other))
        for _ in 0..<100 {
            if let stored = try? await storage.transaction(transaction.id), stored.stoppedAt != nil {
                return .some(stored)
            }
            do { try await Task.sleep(for: .milliseconds(50)) } catch { break }
        }
        return .some(nil)
    }
}
