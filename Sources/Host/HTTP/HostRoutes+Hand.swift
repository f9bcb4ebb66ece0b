import DriverAPI
import Foundation
import LoadManagement

extension HostRoutes {
    /// `{"mode": "fast"}`, `{"mode": "target", "goal": {"energy_wh": 20000, "by": 1790000000}}`, `{"mode": null}`: how a
    /// box charges until its car is unplugged.
    func mode(_ id: String, _ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(ModeRequest.self, from: Data(body)) else {
            return .problem(
                400, "body",
                #"the body must be {"mode": "off, fast, surplus, min+surplus or target"} or {"mode": null}"#)
        }
        guard let state = await board.state(id), state.deviceClass == .wallbox, state.isInUse else {
            return .problem(404, "device", "there is no box \(id)")
        }
        guard let mode = asked.mode else {
            await control.choose(nil, for: id)
            return .json(["mode": state.entry.box.mode.rawValue])
        }
        let choice = ChargingChoice(mode: mode, goal: asked.goal)
        if let problem = choice.problem(socIsKnown: state.number("vehicle_soc") != nil) {
            return .problem(422, "mode", problem)
        }
        await control.choose(choice, for: id)
        return .json(choice)
    }

    /// `{"power_w": 4200, "for_s": 3600}`, or `{"power_w": null}`: an operator's limit on all boxes together.
    func limit(_ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(LimitRequest.self, from: Data(body)) else {
            return .problem(400, "body", #"the body must be {"power_w": 4200, "for_s": 3600} or {"power_w": null}"#)
        }
        guard let power = asked.power_w else {
            await control.limit(nil)
            return .json(LimitDocument(nil))
        }
        guard (0...10_000_000).contains(power), asked.for_s.map({ (1...31_536_000).contains($0) }) ?? true else {
            return .problem(422, "limit", "a limit is 0 W to 10 MW, for 1 s to 365 days")
        }
        let limit = OperatorLimit(power_w: power, until: asked.for_s.map { WallClock.seconds + $0 })
        await control.limit(limit)
        return .json(LimitDocument(limit))
    }
}

/// What somebody wants of a box; an empty mode takes the choice back.
private struct ModeRequest: Decodable {
    var mode: BoxMode?
    var goal: ChargingChoice.Goal?
}

/// What an operator wants.
private struct LimitRequest: Decodable {
    var power_w: Double?
    var for_s: Double?
}

/// The operator's limit as the interface shows it.
struct LimitDocument: Codable, Sendable {
    /// What all boxes may draw together, in W; nil without a limit.
    var power_w: Double?
    /// Until when, in UTC; nil until it is taken back.
    var until: String?

    init(_ limit: OperatorLimit?) {
        power_w = limit?.power_w
        until = limit?.until.map { ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: $0)) }
    }
}
