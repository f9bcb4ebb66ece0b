import DriverAPI

extension CheckRun {
    /// Nothing listens at port 1 of this machine.
    func unreachableAddress() {
        guard let trial = manifest.trial, trial.address.contains("{port}") else {
            return skip(.unreachable, "the address has no {port}")
        }
        let address = trial.address.split(separator: "{port}", omittingEmptySubsequences: false).joined(separator: "1")
        let opened = conversation.ask("open", device("nowhere", address: address))
        let ping = conversation.ask("ping", [:])
        _ = conversation.ask("close", ["device": "nowhere", "policy": "leave"])
        _ = conversation.rest(after: .zero)
        guard opened != nil else { return fail(.unreachable, "open of \(address) is not answered") }
        if case .success = ping { pass(.unreachable) } else { fail(.unreachable, "ping after that: \(words(ping))") }
    }

    /// Opens the device of the manifest.
    func opens() -> Bool {
        let answer = conversation.ask("open", device("a"))
        guard case .success(let result) = answer else {
            fail(.opens, words(answer))
            return false
        }
        interval = result["poll_s"]?.number
        if interval == nil {
            let online = conversation.next(within: .seconds(30)) {
                $0.isTold("link", of: "a") { $0["state"] == "online" }
            }
            guard online != nil else {
                fail(.opens, "it answers open, and does not say within 30 s that the device is online")
                return false
            }
        }
        let told = conversation.next(within: .seconds(5)) { $0.isTold("described", of: "a") { _ in true } }
        guard case .notification(_, let params) = told,
            let found = try? DeviceDescription(params["description"] ?? .null, at: "description")
        else {
            fail(.opens, "it does not say what the device is (described)")
            return false
        }
        description = found
        expect(
            .opens, manifest.classes.contains(found.deviceClass),
            "it is a \(found.deviceClass.rawValue), which the manifest does not have among its classes")
        if manifest.countsEnergy, found.deviceClass == .wallbox, !found.points.contains("energy_total") {
            fail(.opens, "its manifest has counts_energy, and its description no point energy_total")
        }
        return true
    }

    /// Waits for readings, by notification or by the interval it asked for.
    func readings() {
        var list: JSON?
        if interval == nil {
            let told = conversation.next(within: .seconds(30)) { message in
                message.isTold("readings", of: "a") { _ in true }
            }
            if case .notification(_, let params) = told { list = params["readings"] }
        } else if case .success(let result) = conversation.ask("read", ["device": "a"]) {
            list = result["readings"]
        }
        let readings = decoded(list) ?? []
        expect(
            .readings, readings.contains { $0.quality == .good },
            list.map { "none is good: \($0)" } ?? "none came in 30 s")
        let wrong = readings.first { reading in
            guard let expected = Self.dimension(of: reading.point) else { return false }
            return reading.unit.map { $0.dimension != expected } ?? (reading.value?.number != nil)
        }
        expect(.units, wrong == nil, wrong.map { "\($0.point) is in \($0.unit?.rawValue ?? "no unit")" } ?? "")
    }

    /// Asks for one point alone.
    func reads() {
        let answer = conversation.ask("read", ["device": "a"])
        guard case .success(let json) = answer, let readings = decoded(json["readings"]), let first = readings.first
        else {
            return fail(.reads, words(answer))
        }
        let one = conversation.ask("read", ["device": "a", "points": [.string(first.point)]])
        guard case .success(let json) = one, let alone = decoded(json["readings"]) else {
            return fail(.reads, words(one))
        }
        expect(
            .reads, alone.map(\.point) == [first.point],
            "\(first.point) was asked for, and came: \(alone.map(\.point).joined(separator: ", "))")
    }

    func refusesNonsense() {
        let command: JSON = ["set": ["point": "no_such_point_at_all", "value": 1]]
        let answer = conversation.ask("command", ["device": "a", "command": command], within: .seconds(15))
        guard case .failure(let failure) = answer else { return fail(.refusesNonsense, words(answer)) }
        expect(
            .refusesNonsense, (1...10).contains(failure.code) || failure.code == -32601,
            "error \(failure.code) instead of 8: \(failure.message)")
    }

    /// Asks for a limit between two steps, then for none.
    func charge() {
        guard let ability = description?.charging else {
            skip(.charge, "the device is not governed")
            return skip(.stop, "the device is not governed")
        }
        let asked = min(ability.maximum, ability.minimum.adding(Exact(35, over: 100) ?? 0) ?? ability.maximum)
        let params: JSON = ["device": "a", "command": Command.charge(.current(asked)).json]
        let answer = conversation.ask("command", params, within: .seconds(15))
        if case .success(let json) = answer, let outcome = try? CommandOutcome(json, at: "command") {
            let told = outcome.told ?? asked
            expect(.charge, told <= asked && told > 0, "asked for \(asked) A it told \(told) A")
        } else {
            fail(.charge, words(answer))
        }
        let off = conversation.ask("command", ["device": "a", "command": ["charge": "off"]], within: .seconds(15))
        switch off {
        case .success(let json):
            let told = (try? CommandOutcome(json, at: "command"))?.told ?? 0
            expect(.stop, told == 0 || !ability.stoppable, "asked to stop it told \(told) A")
        default: expect(.stop, !ability.stoppable && off != nil, words(off))
        }
    }

    func severalDevices() {
        let opened = conversation.ask("open", device("b"))
        guard case .success = opened else { return fail(.severalDevices, "the second open: \(words(opened))") }
        let first = conversation.ask("read", ["device": "a"])
        let second = conversation.ask("read", ["device": "b"], within: .seconds(15))
        _ = conversation.ask("close", ["device": "b", "policy": "leave"])
        switch (first, second) {
        case (.success, .success): pass(.severalDevices)
        default: fail(.severalDevices, "read of the first: \(words(first)); of the second: \(words(second))")
        }
    }

    func closes() {
        let answer = conversation.ask("close", ["device": "a", "policy": "leave"])
        _ = conversation.rest(after: .zero)
        guard case .success = answer else { return fail(.closes, words(answer)) }
        let later = conversation.rest(after: .seconds(2)).first { message in
            DeviceUpdate.methods.contains { message.isTold($0, of: "a") { _ in true } }
        }
        expect(.closes, later == nil, "it still told something 2 s after")
        let again = conversation.ask("open", device("a"))
        if case .success = again { pass(.opensAgain) } else { fail(.opensAgain, words(again)) }
    }

    private func decoded(_ list: JSON?) -> [Reading]? {
        list?.array.flatMap { try? Reading.list($0, at: "readings", now: .zero) }
    }

    /// The dimension of the points that have one meaning in all devices.
    static func dimension(of point: String) -> Dimension? {
        let lane = point.split(separator: ".").first.map(String.init) ?? point
        return switch lane {
        case "power": .power
        case "current", "current_limit", "current_offered", "failsafe_current": .current
        case "voltage": .voltage
        case "energy_total", "energy_session", "energy_import", "energy_export": .energy
        case "frequency": .frequency
        case "reactive_power": .reactivePower
        case "apparent_power": .apparentPower
        case "failsafe_timeout": .time
        default: nil
        }
    }
}

extension RPCMessage {
    fileprivate func isTold(_ name: String, of device: String, _ isMeant: (JSON) -> Bool) -> Bool {
        guard case .notification(name, let params) = self, params["device"]?.string == device else { return false }
        return isMeant(params)
    }
}
