import DriverAPI

/// One charger. The keys are those of the vendor's list of API keys (goecharger/go-eCharger-API-v2, apikeys-en.md).
actor GoEBox: PolledBox {
    private static let measured = ["car", "err", "nrg", "eto", "wh", "amp", "frc", "psm", "acu", "cbl", "ama"]
    private let client: BoxClient
    private let phases: Int
    private let clock: any SiteClock

    init(client: BoxClient, phases: Int, clock: any SiteClock) {
        self.client = client
        self.phases = phases
        self.clock = clock
    }

    func describe() async throws(DriverError) -> DeviceDescription {
        let facts = try await client.status(["sse", "fwv", "typ", "oem", "var", "ama", "mca"])
        guard facts["sse"]?.string != nil, let variant = facts["var"]?.number else {
            throw .mismatch("\(client.address) is no go-e charger: it has neither sse nor var")
        }
        var identity = ["vendor": "go-e"]
        for (fact, key) in [("serial", "sse"), ("firmware", "fwv"), ("model", "typ"), ("vendor", "oem")] {
            if let text = facts[key]?.string { identity[fact] = text }
        }
        // `var` is 11 for 16 A and 22 for 32 A; `ama` is the limit that the owner has set.
        let hardware: Exact = variant >= 22 ? 32 : 16
        let maximum = min(hardware, facts["ama"]?.number ?? hardware)
        let minimum = max(facts["mca"]?.number ?? 6, 6)
        return DeviceDescription(
            deviceClass: .wallbox, identity: identity,
            points: Set(try await poll().filter { $0.quality != .absent }.map(\.point)),
            // The API has no watchdog: the box goes on with what it was told.
            charging: ChargingAbility(
                minimum: min(minimum, maximum), maximum: maximum, step: 1, switchesPhases: phases == 3,
                phaseSettling: .seconds(30)))
    }

    func poll() async throws(DriverError) -> [Reading] {
        let status = try await client.status(Self.measured)
        let now = clock.now
        func reading(_ point: String, _ value: Value?, _ unit: Unit? = nil) -> Reading {
            Reading(point: point, value: value, unit: unit, quality: value == nil ? .noData : .good, time: now)
        }
        func number(_ point: String, _ json: JSON?, _ unit: Unit) -> Reading {
            reading(point, json?.number.map { .number($0) }, unit)
        }
        var readings = [
            reading("state", Self.state(status["car"]?.number).map { .member($0) }),
            number("error_code", status["err"], .one),
            number("energy_total", status["eto"], .Wh),
            number("energy_session", status["wh"], .Wh),
            number("current_limit", status["amp"], .A),
            number("cable_current", status["cbl"], .A),
            reading("charging_allowed", status["frc"]?.number.map { .bool($0 != 1) }),
            reading("phases_set", Self.phases(status["psm"]?.number).map { .member($0) }),
        ]
        // nrg: U of L1, L2, L3, N; I of L1, L2, L3; P of L1, L2, L3, N and all.
        let energy = status["nrg"]
        for lane in 0..<3 {
            readings.append(number("voltage.l\(lane + 1)", lane < phases ? energy?[lane] : nil, .V))
            readings.append(number("current.l\(lane + 1)", lane < phases ? energy?[4 + lane] : nil, .A))
        }
        readings.append(number("power", energy?[11], .W))
        return readings
    }

    func carryOut(_ command: Command) async throws(DriverError) -> CommandOutcome {
        switch command {
        case .charge(.off): return try await tell(["frc": 1], told: 0)
        case .charge(.on): return try await tell(["frc": 2], told: nil)
        case .charge(.current(let amperes)): return try await limit(amperes)
        case .charge(.power(let watts)):
            // Without a measured voltage 250 V, so that no more is drawn than was asked for.
            guard let amperes = watts.divided(by: Exact(250 * phases)) else { throw .refused("\(watts) W is no limit") }
            return try await limit(amperes)
        case .phases(let selection):
            let mode: JSON = selection == .one ? 1 : selection == .three ? 2 : 0
            return try await tell(["psm": mode], told: nil)
        case .wakeUp, .lock, .display, .set: throw .unsupported("the HTTP API of the box has no such command")
        }
    }

    private func limit(_ amperes: Exact) async throws(DriverError) -> CommandOutcome {
        let whole = amperes.floor
        guard whole >= 6, whole <= 32 else {
            throw .refused("\(amperes) A is not within 6 to 32 A; use off to stop it")
        }
        // The limit first: a box that is allowed to charge must not start with an older, higher one.
        _ = try await tell(["amp": .number(whole)], told: whole)
        return try await tell(["frc": 2], told: whole)
    }

    private func tell(_ values: [String: JSON], told: Exact?) async throws(DriverError) -> CommandOutcome {
        let frames = try await client.set(values)
        for attempt in 1...5 {
            let status = try await client.status(values.keys.sorted())
            if values.allSatisfy({ status[$0.key] == $0.value }) {
                return CommandOutcome(told: told, frames: [frames], verified: true)
            }
            if attempt < 5 { try? await clock.sleep(.milliseconds(300)) }
        }
        throw .notVerified("\(client.address) took \(values.keys.sorted().joined(separator: ", ")) and reads otherwise")
    }

    /// `car`: 1 idle, 2 charging, 3 waiting for the car, 4 complete, 0 and 5 error.
    private static func state(_ car: Exact?) -> String? {
        switch car {
        case 1: "A"
        case 2: "C"
        case 3, 4: "B"
        case nil: nil
        default: "F"
        }
    }

    /// `psm`: 0 automatic, 1 one phase, 2 three phases.
    private static func phases(_ mode: Exact?) -> String? {
        switch mode {
        case 0: "auto"
        case 1: "1"
        case 2: "3"
        default: nil
        }
    }
}
