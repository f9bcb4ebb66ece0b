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
    /// How the boxes are wired, by connector, as the site file says it.
    var rotations: [Int: String] = [:]

    /// The setup of a site with the connectors that were given; `forecasts` says what boxes can do.
    /// `unlocking` are the boxes whose sockets the host can unlock; `isCertified` says whether a certificate of this host is
    /// in the data folder.
    init(
        _ site: Site, _ given: ConnectorNumbers.Given, forecasts: [String: BoxSetup], metered: Set<String>,
        unlocking: Set<String> = [], isCertified: Bool = false
    ) {
        var connectors: [StationConnector] = []
        devices = [:]
        boxes = [:]
        slaves = [:]
        for device in site.devices {
            guard let number = given.numbers[device.id] else { continue }
            devices[number] = device.id
            rotations[number] = device.rotation
            let kind: StationConnector.Kind
            if let place = SlaveConnector(address: device.address) {
                slaves[number] = place
                kind = .slave
            } else {
                boxes[number] = device.id
                let unlocks = unlocking.contains(device.id)
                kind = .box(
                    BoxEquipment(
                        hasFixedCable: !unlocks, canUnlock: unlocks, hasMeter: metered.contains(device.id)))
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
            freeChargingTag: site.ocpp.backend?.freeChargingTag ?? SiteBackend.defaultFreeChargingTag,
            // A certificate of this host is all that the third one lacks.
            securityProfiles: site.ocpp.backend?.identity == nil && !isCertified ? [0, 1, 2] : [0, 1, 2, 3],
            isGoverned: site.role == .slave)
    }

    /// Who is behind a connector, by the name in the site file.
    func device(of connector: Int) -> String {
        devices[connector] ?? "connector \(connector)"
    }
}
