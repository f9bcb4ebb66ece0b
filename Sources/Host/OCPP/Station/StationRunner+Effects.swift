import DriverAPI
import OCPP
import Storage

extension StationRunner {
    /// Does what the station wants done.
    func perform(_ effect: StationEffect) async {
        switch effect {
        case .call(let call):
            if let link {
                await link.call(call.number, call.request, lane: call.lane, passesGate: call.passesGate)
            } else {
                take(.outcome(call: call.number, .closed(wasSent: false)))
            }
        case .answer(let id, let payload): await link?.answer(id, .success(payload.json))
        case .refuse(let id, let error): await link?.answer(id, .failure(error))
        case .gate(let gate): await link?.setGate(gate)
        case .reconnect: await link?.reconnect()
        case .clockSet(let time, let correction):
            log.write(
                .warning, "backend: its clock says \(time), this machine's is \(correction.inSeconds) s behind it")
        case .timeKnown(let correction): await correctTimes(by: correction)
        case .append(let append): await self.append(append)
        case .output(let connector, let output):
            guard let box = setup.devices[connector] else { return }
            orders.limit(box, to: output.mayCharge ? output.current.tenths * 100 : 0)
            orders.limitPhases(of: box, to: output.phases)
        case .siteLimit(let limit): orders.limitSite(to: limit.map { $0.tenths * 100 })
        case .unlock(let connector): unlock(connector)
        case .toSlave(let call): make(call)
        case .authorised(let query, let info): queries.removeValue(forKey: query)?.resume(returning: info)
        case .store(let change): await keep(change)
        case .toHost(let id, let request):
            if await takeCertificates(id, request) { return }
            if await !(transfers?.take(id, request) ?? false) { answerForHost(id, request) }
        case .makeSigningRequest: makeSigningRequest()
        case .reset(let type): await restart(.reset(type))
        case .keyChanged(let name, _):
            await applyKeys()
            if name == ConnectorRotations.key { await applyRotations() }
        case .notice(let notice): await tell(notice)
        }
    }

    /// A slave may take its time; the station goes on meanwhile.
    private func make(_ call: SlaveCall) {
        guard let slaves else { return take(.slaveOutcome(call: call.number, .closed(wasSent: false))) }
        Task { take(.slaveOutcome(call: call.number, await slaves.make(call))) }
    }

    /// Gives the link what the keys say.
    func applyKeys() async {
        let keys = station.keys
        await link?.set(
            callTimeout: .seconds(keys.integer("BackendConnectionTimeout") ?? 60),
            rule: AttemptRule(
                attempts: keys.integer("TransactionMessageAttempts") ?? 3,
                interval: .seconds(keys.integer("TransactionMessageRetryInterval") ?? 60)))
    }

    private func append(_ append: StationAppend) async {
        do throws(StorageError) {
            let appended = try await queue.append(message(append.message), isUncertain: !isTimeCertain)
            guard let transaction = appended.transaction else {
                return take(.appendFailed(token: append.token, reason: "it belongs to no transaction"))
            }
            var start: Timestamp?
            if case .start = append.message {
                start = try await store.storage.transaction(transaction).map { Timestamp($0.startedAt) }
            }
            if case .stop = append.message { try await store.ended(transaction) }
            take(.appended(token: append.token, transaction: transaction, start: start))
            await sendQueue()
        } catch {
            take(.appendFailed(token: append.token, reason: error.description))
        }
    }

    /// Puts the time into messages that were stored while nobody knew it; none of them was sent yet.
    private func correctTimes(by correction: Duration) async {
        do throws(StorageError) {
            let milliseconds = correction.wholeMilliseconds
            let messages = try await queue.uncertain()
            guard !messages.isEmpty else { return }
            var payloads: [Int64: [UInt8]] = [:]
            for message in messages { payloads[message.id] = message.payload(movedBy: milliseconds) }
            try await queue.correct(by: Int64(milliseconds), payloads)
            log.write(.info, "backend: \(messages.count) messages have got their times")
        } catch {
            log.write(.error, "backend: the times of queued messages cannot be corrected: \(error)")
        }
    }

    private func message(_ message: StationMessage) -> TransactionMessage {
        switch message {
        case .start(let request): .start(TransactionStart(request, box: setup.device(of: request.connectorId)))
        case .meterValues(let request, let energy):
            .meterValues(MeterReadings(request, transaction: request.transactionId ?? -1, energy: energy))
        case .stop(let request, let connector):
            .stop(TransactionStop(request, box: setup.device(of: connector), connector: connector))
        }
    }

    private func keep(_ change: StoredChange) async {
        do throws(StorageError) {
            try await store.store(change)
        } catch {
            let text = "what the backend set cannot be stored and is lost with the next restart: \(error)"
            log.write(.error, text)
            await alarm(text)
        }
    }

    /// What a host on a machine of its own cannot do for its backend is said so at once.
    private func answerForHost(_ id: String, _ request: any Request) {
        switch request {
        case let request as DataTransferRequest:
            let answer = IdentityQuestion.answer(
                request, slave: identity?.name ?? "", witness: identity?.witness)
            take(.hostAnswer(id: id, .success(answer)))
        case is GetDiagnosticsRequest:
            take(.hostAnswer(id: id, .success(GetDiagnosticsResponse())))
        case is GetLogRequest: take(.hostAnswer(id: id, .success(GetLogResponse(status: .rejected))))
        case is SignedUpdateFirmwareRequest:
            take(.hostAnswer(id: id, .success(SignedUpdateFirmwareResponse(status: .rejected))))
        case is UpdateFirmwareRequest:
            // Its answer has no status: what becomes of it is told afterwards (OCPP 1.6, 6.19).
            take(.hostAnswer(id: id, .success(UpdateFirmwareResponse())))
            take(.firmware(.downloadFailed))
        default:
            take(.hostAnswer(id: id, .failure(CallError(.notSupported, "this host does not do that"))))
        }
    }

    private func tell(_ notice: StationNotice) async {
        switch notice {
        case .notStored, .meterMissing:
            log.write(.error, "\(notice)")
            await alarm("\(notice)")
        case .meterWentBack, .refused: log.write(.warning, "\(notice)")
        case .registration, .tagRefused, .tagAccepted, .started, .stopped: log.write(.info, "\(notice)")
        }
    }
}
