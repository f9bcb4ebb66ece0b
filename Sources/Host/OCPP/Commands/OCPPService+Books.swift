import OCPP
import OCPPSlave
import Storage

extension OCPPService {
    /// An operator has changed what is stored; the station that runs goes on with it.
    nonisolated func heed(_ change: OCPPBookChange) async {
        if case .slaveKey(let chargePoint) = change { return await rekey(chargePoint) }
        guard let runner else { return }
        switch change {
        case .requeued: await runner.sendQueue()
        case .closed(_, let connector):
            await runner.take(.slaveTransaction(connector: connector, nil))
            await runner.sendQueue()
        case .authorizationKey(let key?): await runner.take(.keyChanged(name: "AuthorizationKey", value: key))
        case .authorizationKey(nil): await runner.link?.reconnect()
        case .slaveKey: break
        }
    }

    /// What a slave must show has changed. One that is connected is told its new key, and has to come with it: what it
    /// showed when it connected proves nothing any more.
    func rekey(_ chargePoint: String) async {
        guard let slave = ChargePointID(chargePoint),
            await hub.slaves().contains(where: { $0.id == slave && $0.transport != nil })
        else { return }
        let key = try? await storage.pairedSlave(chargePoint)?.key
        if let key {
            // 16 to 20 bytes are given in hexadecimal digits, longer passwords as their characters.
            let value =
                key.count <= 20
                ? key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                : String(decoding: key, as: UTF8.self)
            let request = ChangeConfigurationRequest(key: "AuthorizationKey", value: value)
            let answer = try? await hub.call(request, of: slave)
            switch answer?.status {
            case .accepted, .rebootRequired: log.write(.info, "slave \(slave): it has taken its new key")
            default:
                log.write(
                    .warning, "slave \(slave): it does not take its new key from here; set it in the slave itself")
            }
        }
        await hub.disconnect(slave, "its key was changed")
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
