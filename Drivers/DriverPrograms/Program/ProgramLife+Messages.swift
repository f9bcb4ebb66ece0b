import DriverAPI

extension ProgramLife {
    /// Asks the driver who it is; when that fits its manifest, its devices are opened.
    func introduce() {
        let life = process.state.withLock { $0.life }
        process.post(
            "describe", ["api": .number(Exact(DriverManifest.api)), "host": "chargehost"],
            limit: process.timing.answer, needsOpen: false
        ) { [weak process, verdict] answer in
            guard let process, process.state.withLock({ $0.life }) == life else { return }
            if let wrong = Self.objection(to: answer, process.manifest) {
                verdict.end(wrong)
                process.wake()
            } else {
                process.state.withLock { $0.obstacle = nil }
                process.log(.info, "version \(process.manifest.version) works")
                process.openAll()
            }
        }
    }

    /// What is wrong with the answer to `describe`; nil when it fits the manifest.
    static func objection(to answer: Result<JSON, RPCFailure>, _ manifest: DriverManifest) -> String? {
        switch answer {
        case .failure(let failure): return "it does not say who it is: \(failure.message)"
        case .success(let json):
            do throws(WireFault) {
                let fields = try WireFields(json, at: "describe")
                let api = try fields.neededNumber("api")
                let (name, version) = (try fields.neededText("name"), try fields.neededText("version"))
                if api != Exact(DriverManifest.api) {
                    return "it speaks version \(api) of the protocol, this host version \(DriverManifest.api)"
                }
                guard name == manifest.name, version == manifest.version else {
                    return "it says that it is \(name.prefix(40)) \(version.prefix(40)), its manifest says "
                        + "\(manifest.name) \(manifest.version)"
                }
                return nil
            } catch {
                return "its answer to describe is wrong: \(error)"
            }
        }
    }

    /// Takes one line of the driver.
    func take(_ line: [UInt8]) {
        do throws(WireFault) {
            switch try RPCMessage(line: line) {
            case .result(let id, let value): answered(id, .success(value))
            case .failure(let id, let failure):
                if id == .null {
                    process.log(.warning, "it could not read a message: \(failure.message)")
                } else {
                    answered(id, .failure(failure))
                }
            case .notification(let method, let params): try told(method, params)
            case .request(let id, let method, let params): asked(id, method, params)
            }
        } catch {
            fault("a faulty message: \(error)")
        }
    }

    /// An answer that comes late belongs to a question that was taken back, and says nothing any more.
    private func answered(_ id: JSON, _ answer: Result<JSON, RPCFailure>) {
        guard let number = id.number?.asInt else { return fault("an answer with the id \(id), which nobody used") }
        process.state.withLock { $0.questions.removeValue(forKey: number) }?.complete(answer)
    }

    private func told(_ method: String, _ params: JSON) throws(WireFault) {
        let fields = try WireFields(params, at: method)
        if method == "log" {
            let text = String(try fields.text("text")?.prefix(2000) ?? "")
            let level = try fields.word("level", LogLevel.self) ?? .info
            let context = (try fields.text("device")).flatMap { id in
                process.state.withLock { $0.slots[id]?.context }
            }
            if let context { context.log(level, text) } else { process.log(level, text) }
            return
        }
        guard let update = try DeviceUpdate(method: method, params: params, now: process.now) else { return }
        if case .described(let description) = update { try check(description) }
        process.report(update, of: try fields.neededText("device"))
    }

    /// Throws where a description is not what the manifest promised: the host decided by that what the device may do.
    private func check(_ description: DeviceDescription) throws(WireFault) {
        let manifest = process.manifest
        guard manifest.classes.contains(description.deviceClass) else {
            throw .wrong(
                "described.description.class", expected: "one of the classes of its manifest",
                found: description.deviceClass.rawValue)
        }
        guard description.deviceClass == .wallbox else { return }
        let counts = description.points.contains("energy_total")
        if manifest.countsEnergy, !counts {
            throw .missing("described.description.points", expected: "energy_total, for its manifest has counts_energy")
        }
        if counts, !manifest.countsEnergy {
            process.log(
                .warning, "sessions by OCPP are not billed by energy_total: its manifest has no counts_energy: true")
        }
    }

    private func asked(_ id: JSON, _ method: String, _ params: JSON) {
        let (life, load) = process.state.withLock { state in
            state.asked += 1
            return (state.life, state.asked)
        }
        let process = process
        guard load <= DriverProcess.mostQuestions else {
            process.state.withLock { $0.asked -= 1 }
            process.tell(.failure(id: id, RPCFailure(code: -32000, message: "\(load - 1) requests are open")))
            return
        }
        Task {
            let reply: RPCMessage
            do throws(RPCFailure) {
                reply = .result(id: id, try await process.storeAnswer(method, params))
            } catch {
                reply = .failure(id: id, error)
            }
            process.state.withLock { if $0.life == life { $0.asked -= 1 } }
            process.tell(reply, life: life)
        }
    }
}
