import OCPP
import OCPPSlave
import Storage

extension SlaveDesk {
    /// The connector a stop belongs to; a StopTransaction.req names none (OCPP 1.6, 6.49).
    ///
    /// That of the transaction it names, also when that has ended: a slave that did not get the answer repeats the stop,
    /// and meanwhile its other connector may be the only one with an open transaction. A slave that has forgotten the id
    /// means the one that fits: with the same card, that had begun by then, and with the nearest meter value that is not
    /// above its own. `guess` where nothing fits. Throws `StorageError`.
    func connector(
        of stop: StopTransactionRequest, guess: SlaveConnector
    ) async throws(StorageError) -> SlaveConnector {
        let own = context.places.filter { $0.key.slave == guess.slave }
        let at = WallTime(stop.timestamp)
        var transactions = try await storage.transaction(stop.transactionId).map { [$0] } ?? []
        if transactions.isEmpty, own.count > 1 {
            for place in own.values {
                guard let ended = try await storage.transaction(connector: place.number, endedAt: at) else { continue }
                if ended.meterStop == stop.meterStop { transactions.append(ended) }
            }
            if transactions.isEmpty {
                transactions = try await storage.openTransactions().filter { open in
                    open.meterLast <= stop.meterStop && open.startedAt <= at
                        && (stop.idTag == nil || stop.idTag == open.idTag)
                        && own.values.contains { $0.number == open.connector }
                }
            }
        }
        let meant = transactions.max { $0.meterLast < $1.meterLast }
        return own.first { $0.value.number == meant?.connector }?.key ?? guess
    }
}
