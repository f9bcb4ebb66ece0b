/// What a unit says it is.
///
/// Vendor, product and device id are those of a Power Brain, because masters know the map by them; name and serial number
/// say that it is a chargehost.
struct PowerBrainIdentity: Hashable, Sendable {
    /// 8003.
    enum Device: UInt16, Sendable { case wallbox = 0x0100, meter = 0x0101 }

    var device: Device
    /// The name in the site file.
    var id: String
    /// Up to 16 characters that no other host has.
    var serial: String
    /// The unit id that it is asked by.
    var unit: UInt8

    /// The words of an identity value; nil for any other.
    func words(of value: PowerBrainValue) -> [UInt16]? {
        switch value {
        case .vendorID: [0xCF05, 0]
        case .productID: [1]
        case .deviceID: [device.rawValue]
        case .productVersion: [Self.version[0] << 8 | Self.version[1]]
        case .productBuild: [Self.version[2]]
        case .mappingVersion: [0x0100]
        case .padding: [0]
        case .serial: Words.text(serial, 8)
        case .name: Words.text("chargehost " + id, 16)
        default: nil
        }
    }

    private static let version: [UInt16] = {
        let parts = HostVersion.chargehost.split(separator: ".").map { UInt16($0.prefix { $0.isNumber }) ?? 0 }
        return Array((parts + [0, 0, 0]).prefix(3))
    }()
}
