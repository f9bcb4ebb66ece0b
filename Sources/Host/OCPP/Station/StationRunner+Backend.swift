import DriverAPI
import Network
import OCPP
import Storage

extension StationRunner {
    /// Something happened on the way to the backend.
    func heard(_ event: BackendEvent) async {
        switch event {
        case .connected:
            say(.info, "backend: connected")
            linkSince = (.now(), true)
            take(.connected)
        case .disconnected(let reason):
            say(.warning, "backend: disconnected: \(reason)")
            linkSince = (.now(), false)
            take(.disconnected)
        case .failed(let error): failed(error)
        case .unusable(let reason): say(.error, "backend: not connected: \(reason)")
        case .request(let call):
            do throws(CallError) {
                take(.request(id: call.id, try call.checked(at: .chargePoint)))
            } catch {
                await link?.answer(call.id, .failure(error))
            }
        case .outcome(let number, let outcome): take(.outcome(call: number, outcome))
        case .delivered(let message, let answer): await delivered(message, answer)
        case .setAside(let message, let reason):
            let text =
                "backend: \(message.kind.rawValue) of connector \(message.connector) is kept undelivered: \(reason); "
                + "'chargehost ocpp queue' shows it, 'chargehost ocpp resend' sends it again"
            log.write(.error, text)
            await alarm(text)
        case .queueFailed(let error):
            log.write(.error, "backend: the queue cannot be used: \(error)")
            await alarm("the queue of the backend cannot be used: \(error)")
        }
    }

    private func failed(_ error: ConnectError) {
        let isNew = say(.warning, "backend: not connected: \(error)")
        switch error {
        case .unauthorized, .turnedAway: take(.credentialsRefused)
        default: break
        }
        if isNew, let fault = error.fault, fault.isCertificateFault {
            take(.securityEvent(type: "InvalidCentralSystemCertificate", techInfo: fault.description))
        }
    }

    private func delivered(_ message: QueuedMessage, _ answer: TransactionAnswer) async {
        guard let transaction = message.transaction else { return }
        switch answer {
        case .start(let response): take(.startAnswered(transaction: transaction, response))
        case .stop(let response):
            guard let info = response.idTagInfo else { return }
            let tag = (try? message.sent())?["idTag"].flatMap { value -> String? in
                if case .string(let text) = value { text } else { nil }
            }
            if let tag { take(.stopAnswered(idTag: tag, info)) }
        case .taken: break
        }
    }

    /// Once until it changes; a backend that is away for a week fills no log.
    @discardableResult
    private func say(_ level: LogLevel, _ text: String) -> Bool {
        guard saidOfBackend != text else { return false }
        saidOfBackend = text
        log.write(level, text)
        return true
    }

    /// On a site without a backend the queue is answered here, so that sessions are kept and nothing waits for ever.
    func settleHere() async {
        do throws(StorageError) {
            while let message = try await queue.next() {
                let id = message.kind == .start ? message.transaction : nil
                guard try await queue.delivered(message.id, backendID: id) else { return }
                if message.kind == .start, let id {
                    let info = IdTagInfo(status: .accepted)
                    take(.startAnswered(transaction: id, StartTransactionResponse(idTagInfo: info, transactionId: id)))
                }
            }
        } catch {
            log.write(.error, "sessions cannot be stored: \(error)")
        }
    }
}
