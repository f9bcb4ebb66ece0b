import OCPP

extension StationRunner {
    /// The connectors as they are now.
    var connectors: [OCPPStatus.Connector] {
        station.connectorViews.map { OCPPStatus.Connector($0, box: setup.device(of: $0.number)) }
    }

    /// How the connection to `backend` is now.
    func status(of backend: SiteBackend) -> OCPPStatus.Backend {
        let word = station.isOnline ? "online" : linkSince?.isUp ?? false ? "waiting" : "offline"
        let text: String? =
            switch word {
            case "online": nil
            case "waiting":
                station.registration.map { "the backend answers the boot with \($0.rawValue)" }
                    ?? "the backend has not answered the boot yet"
            default: saidOfBackend.map { $0.replacing("backend: ", with: "") } ?? "it is being connected"
            }
        return OCPPStatus.Backend(
            url: backend.url, charge_point: backend.id, link: word, link_text: text,
            since: linkSince.map { "\($0.time)" })
    }
}
