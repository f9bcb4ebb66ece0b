import OCPP
import OCPPSlave

/// Carries the station's calls to slaves: numbers upstream become those of the slave.
struct SlaveCalls: Sendable {
    let hub: SlaveHub
    let places: [Int: SlaveConnector]

    /// Keys that load management sets in slaves itself; what the backend wants of them is done here.
    private static let governed: Set<String> = [
        "metervaluesampleinterval", "metervaluessampleddata", "clockaligneddatainterval", "metervaluesaligneddata",
        "websocketpinginterval",
    ]

    /// Makes a call and tells how it ended.
    func make(_ call: SlaveCall) async -> Outcome {
        guard let place = places[call.connector] else { return .closed(wasSent: false) }
        if let change = call.request as? ChangeConfigurationRequest, Self.governed.contains(change.key.lowercased()) {
            return .answered(ChangeConfigurationResponse(status: .accepted).json)
        }
        return await make(call.request, place)
    }

    private func make<Asked: Request>(_ request: Asked, _ place: SlaveConnector) async -> Outcome {
        var json = request.json
        if case .number(let number)? = json["connectorId"], let connector = number.integer, connector > 0 {
            json["connectorId"] = .number(JSONNumber(place.connector))
        }
        do {
            let own = try Asked(json: json)
            return .answered(try await hub.call(own, of: place.slave).json)
        } catch let error as SlaveCallError {
            return Self.outcome(error)
        } catch {
            return .refused(CallError(.internalError, "\(error)"))
        }
    }

    private static func outcome(_ error: SlaveCallError) -> Outcome {
        switch error {
        case .notConnected: .closed(wasSent: false)
        case .timedOut: .timedOut
        case .refused(let error): .refused(error)
        case .broken, .notPassedOn: .refused(CallError(.genericError, error.description))
        }
    }
}
