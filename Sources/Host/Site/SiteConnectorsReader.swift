import OCPP

/// Reads `connectors` of an OCPP box: `{1: 4, 2: 5}` makes its connector 1 that with the number 4, its connector 2 that
/// with 5.
///
/// Every one is a device of its own, named after the box and the box's own number: `guest-1`, `guest-2`.
enum SiteConnectorsReader {
    static func devices(of box: SiteDevice, _ node: SiteNode) -> [SiteDevice] {
        guard node.value("connectors") != nil else { return [box] }
        let written = node.textMapping("connectors")
        func wrong(_ reason: String) -> [SiteDevice] {
            node.problem(.wrongKind, "connectors", "\(reason); write connectors: {1: 4, 2: 5}")
            return [box]
        }
        var numbers: [Int: Int] = [:]
        for (own, number) in written {
            guard let own = Int(own), let number = Int(number), (1...9999).contains(own), (1...9999).contains(number)
            else { return wrong("connectors are numbers from 1 on, the box's own and that of the site") }
            numbers[own] = number
        }
        if numbers.isEmpty { return wrong("it names no connector") }
        if Set(numbers.values).count < numbers.count { return wrong("two connectors of the box have one number") }
        if box.connector != nil { return wrong("connector and connectors cannot both be written") }
        guard let place = SlaveConnector(address: box.address) else { return [box] }
        if place.connector != 1 { return wrong("the address names one connector of the box already") }
        return numbers.sorted { $0.key < $1.key }.map { own, number in
            var device = box
            device.id = box.id.isEmpty ? "" : "\(box.id)-\(own)"
            device.address = SlaveConnector(slave: place.slave, connector: own).address
            device.connector = number
            return device
        }
    }
}
