import Foundation
import Storage

extension HostRoutes {
    /// The link to the backend, the connectors, and how much waits.
    func ocppStatus() async -> ControlResponse {
        guard let status = await host.ocpp.status() else {
            return .problem(404, "ocpp", "this site has no OCPP: its site file has neither backend nor slaves")
        }
        return .json(status)
    }

    /// What waits for backends, what could not be delivered, and the transactions that are open.
    func ocppQueue() async -> ControlResponse {
        do {
            return .json(try await QueueDocument(host.storage))
        } catch {
            return .problem(500, "storage", "\(error)")
        }
    }

    /// `{"transaction": 7}` or `{}`: sends what could not be delivered again.
    func ocppResend(_ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(ResendRequest.self, from: Data(body)) else {
            return .problem(400, "body", #"the body must be {"transaction": 7}, or {} for all"#)
        }
        do {
            let resent = try await OCPPOrders(host.storage).resend(asked.transaction)
            await host.ocpp.heed(.requeued)
            return .json(resent)
        } catch {
            return refusal(error)
        }
    }

    /// `{"transaction": 7}`: ends the transaction of a box that does not come back.
    func ocppClose(_ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(CloseRequest.self, from: Data(body)) else {
            return .problem(400, "body", #"the body must be {"transaction": 7}"#)
        }
        do {
            if let open = try await host.storage.transaction(asked.transaction), open.stoppedAt == nil {
                if let ended = await host.ocpp.endOwn(open, host.storage) {
                    if let ended { return .json(OCPPOrders.Closed(ended)) }
                    return .problem(409, "own", "\(open.box) has not ended its session; ask again in a minute")
                }
                if await board.state(open.box)?.link.word == "online" {
                    return .problem(409, "online", "\(open.box) is there and ends its session itself; stop it there")
                }
            }
            let closed = try await OCPPOrders(host.storage).close(asked.transaction)
            await host.ocpp.heed(.closed(transaction: closed.transaction, connector: closed.connector))
            return .json(closed)
        } catch {
            return refusal(error)
        }
    }

    /// `{"slave": "GARAGE#002", "key": "…"}`, or without `slave` for the backend; without `key` it is removed.
    func ocppSecret(_ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(SecretRequest.self, from: Data(body)) else {
            return .problem(400, "body", #"the body must be {"slave": "GARAGE#002", "key": "…"}"#)
        }
        do {
            let owner: OCPPSecret.Owner =
                if let slave = asked.slave { try OCPPSecret.slave(slave, of: site) } else { .backend }
            let secret = try OCPPSecret(owner, text: asked.key)
            try await OCPPOrders(host.storage).set(secret)
            await host.ocpp.heed(
                asked.slave.map { .slaveKey(chargePoint: $0) } ?? .authorizationKey(secret.text))
            return .json(["stored": asked.key != nil])
        } catch {
            switch error {
            case .storage: return .problem(500, "storage", error.description)
            case .unusable, .unknownSlave: return .problem(422, "secret", error.description)
            }
        }
    }

    private func refusal(_ error: StorageError) -> ControlResponse {
        switch error {
        case .unknownTransaction: .problem(404, "transaction", "\(error)")
        case .transactionEnded: .problem(409, "ended", "\(error)")
        default: .problem(500, "storage", "\(error)")
        }
    }
}

/// What is to be sent again; without a transaction everything.
private struct ResendRequest: Decodable {
    var transaction: Int?
}

/// What is to be ended.
private struct CloseRequest: Decodable {
    var transaction: Int
}

/// Whose secret is to be stored.
private struct SecretRequest: Decodable {
    var slave: String?
    var key: String?
}
