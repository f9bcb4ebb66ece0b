/// A configuration change that slaves are asked for; nothing has changed at the station yet.
struct SlaveConfigurationChange: Sendable {
    /// The request of the backend.
    let id: String
    let change: ConfigurationChange
    var waiting: Set<Int>
    var answers: [Int: ConfigurationStatus] = [:]
}

extension Station {
    mutating func change(_ request: ChangeConfigurationRequest, id: String) {
        let change: ConfigurationChange
        switch planned(request) {
        case .success(let planned): change = planned
        case .failure(let refusal):
            refuse(.changeConfiguration, refusal.description)
            answer(id, ChangeConfigurationResponse(status: refusal.status))
            return
        }
        let asked = slaves(for: change)
        guard !asked.isEmpty else {
            apply(change)
            answer(id, ChangeConfigurationResponse(status: change.status()))
            followSecurity(change)
            return
        }
        let number = calls.number()
        jobs.changes[number] = SlaveConfigurationChange(id: id, change: change, waiting: Set(asked.map(\.connector)))
        for (connector, value) in asked {
            callSlave(
                connector, ChangeConfigurationRequest(key: change.key.name, value: value),
                .configuration(change: number, connector: connector))
        }
    }

    /// All slaves must take a change, or none keeps it.
    mutating func slaveChangedKey(_ number: Int, _ slave: Int, _ outcome: Outcome) {
        guard var pending = jobs.changes[number] else { return }
        pending.waiting.remove(slave)
        pending.answers[slave] = keyStatus(outcome, pending.change.key)
        jobs.changes[number] = pending
        guard pending.waiting.isEmpty else { return }
        jobs.changes[number] = nil
        let change = pending.change
        let status = change.status(boxes: Array(pending.answers.values))
        if status == .rejected {
            let changed = pending.answers.filter { $0.value == .accepted || $0.value == .rebootRequired }.keys.sorted()
            for slave in changed {
                guard let former = keys.value(change.key.name, connector: slave) else { continue }
                callSlave(slave, ChangeConfigurationRequest(key: change.key.name, value: former))
            }
            refuse(.changeConfiguration, "a slave does not take \(change.key.name)")
        } else {
            apply(change)
        }
        answer(pending.id, ChangeConfigurationResponse(status: status))
    }

    /// A slave that is gone meanwhile is told when it comes back; one of another make need not know keys of ours.
    private func keyStatus(_ outcome: Outcome, _ key: ConfigurationKey) -> ConfigurationStatus? {
        guard case .success(let response)? = outcome.response(to: ChangeConfigurationRequest.self) else {
            if case .closed = outcome { return nil }
            return .rejected
        }
        return response.status == .notSupported && !key.isStandard ? nil : response.status
    }

    /// A key was changed on the host's own pages or by command.
    mutating func takeLocalChange(_ name: String, _ value: String) {
        switch planned(ChangeConfigurationRequest(key: name, value: value)) {
        case .success(let change):
            apply(change)
            for (connector, value) in slaves(for: change) {
                callSlave(connector, ChangeConfigurationRequest(key: change.key.name, value: value))
            }
            followSecurity(change)
        case .failure(let refusal): refuse(.changeConfiguration, refusal.description)
        }
    }

    private func planned(
        _ request: ChangeConfigurationRequest
    ) -> Result<ConfigurationChange, ConfigurationRefusal> {
        let plan = keys.plan(request)
        guard case .success(let change) = plan, change.key.name == "SecurityProfile",
            let profile = change.parts.first.flatMap({ Int($0.value) }),
            !configuration.securityProfiles.contains(profile)
        else { return plan }
        return .failure(
            ConfigurationRefusal(
                .rejected, "security profile \(profile) lacks its password or certificates; install them first"))
    }

    /// Keys that are set at slaves as load management needs their values: often enough, and all of them.
    static var keysOfLoadManagement: Set<String> { ["MeterValueSampleInterval", "MeterValuesSampledData"] }

    /// The slaves that a change concerns and that can be reached, with their value.
    private func slaves(for change: ConfigurationChange) -> [(connector: Int, value: String)] {
        if Station.keysOfLoadManagement.contains(change.key.name) { return [] }
        let reachable = numbers.filter { connectors[$0]?.isSlave == true && connectors[$0]?.lost == nil }
        return switch change.key.scope {
        case .notRelevant, .master: []
        case .both: change.parts.first.map { part in reachable.map { ($0, part.value) } } ?? []
        case .individual:
            change.parts.compactMap { part in
                part.connector.flatMap { reachable.contains($0) ? ($0, part.value) : nil }
            }
        }
    }

    private mutating func apply(_ change: ConfigurationChange) {
        let former = keys.value(change.key.name)
        keys.apply(change)
        let isSecret = change.key.name == "AuthorizationKey" || change.key.name == "SecurityProfile"
        if isSecret, link.formerCredentials[change.key.name] == nil {
            link.formerCredentials[change.key.name] = .some(former)
        }
        for part in change.parts {
            effects.append(.store(.key(name: change.key.name, connector: part.connector, value: part.value)))
            effects.append(.keyChanged(name: change.key.name, connector: part.connector))
        }
        follow(change.key.name)
    }

    private mutating func follow(_ name: String) {
        switch name {
        case "HeartbeatInterval":
            if link.isOnline { link.nextHeartbeat = time.elapsed + heartbeatInterval }
        case "ClockAlignedDataInterval": jobs.nextAligned = nil
        case "OperatorCurrentLimit": limits.isStale = true
        default: break
        }
    }

    /// After the answer the connection is made anew with what is new (security whitepaper, edition 2, A01 and A05).
    private mutating func followSecurity(_ change: ConfigurationChange) {
        guard change.key.name == "AuthorizationKey" || change.key.name == "SecurityProfile" else { return }
        addSecurityEvent("ReconfigurationOfSecurityParameters", techInfo: change.key.name)
        effects.append(.reconnect)
    }

    /// Sets a key from inside, and has it stored.
    mutating func setKey(_ name: String, to value: String) {
        guard keys.set(name, to: value), let value = keys.value(name) else { return }
        effects.append(.store(.key(name: name, connector: nil, value: value)))
    }
}
