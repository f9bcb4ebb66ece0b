import LoadManagement
import OCPP
import Storage

/// What a station is made of: the site's connectors and who is behind them.
struct StationSetup: Sendable {
    /// What the station is told of itself.
    var configuration: StationConfiguration
    /// All devices, by connector.
    var devices: [Int: String]
    /// Those that the host drives itself.
    var boxes: [Int: String]
    /// The slaves' connectors, by connector.
    var slaves: [Int: SlaveConnector]

    /// The setup of a site with the connectors that were given; `forecasts` says what boxes can do.
    init(_ site: Site, _ given: ConnectorNumbers.Given, forecasts: [String: BoxSetup], metered: Set<String>) {
        var connectors: [StationConnector] = []
        devices = [:]
        boxes = [:]
        slaves = [:]
        for device in site.devices {
            guard let number = given.numbers[device.id] else { continue }
            devices[number] = device.id
            let kind: StationConnector.Kind
            if let place = SlaveConnector(address: device.address) {
                slaves[number] = place
                kind = .slave
            } else {
                boxes[number] = device.id
                kind = .box(BoxEquipment(hasMeter: metered.contains(device.id)))
            }
            let rated = forecasts[device.id]?.ability.maximum ?? 32_000
            let most = device.box.maximum.map { min(rated, LimitsBuilder.atMost($0)) } ?? rated
            connectors.append(
                StationConnector(
                    number: number, kind: kind, maximum: Tenths(tenths: most / 100), phases: device.box.phases ?? 3))
        }
        connectors += given.removed.map { StationConnector(number: $0, kind: .removed) }
        connectors.sort { $0.number < $1.number }
        configuration = StationConfiguration(
            boot: BootNotificationRequest(
                chargePointVendor: "chargehost", chargePointModel: "site", firmwareVersion: HostVersion.chargehost),
            connectors: connectors,
            // A certificate of this host is all that the third one lacks.
            securityProfiles: site.ocpp.backend?.identity == nil ? [0, 1, 2] : [0, 1, 2, 3])
    }

    /// Who is behind a connector, by the name in the site file.
    func device(of connector: Int) -> String {
        devices[connector] ?? "connector \(connector)"
    }
}
