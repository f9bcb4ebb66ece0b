import DriverAPI

/// All points of one device, read once; what `read --json` prints.
public struct DeviceReport: Encodable, Sendable {
    /// The profile's id.
    public var profile: String
    /// vendor, model, serial, firmware, hardware, as far as known.
    public var identity: [String: String]
    /// The points by name.
    public var points: [String: PointStatus]

    private static let identityPoints = ["vendor", "model", "serial", "firmware", "hardware"]

    /// Makes a report; the points of the identity are shown with the others as well.
    public init(profile: String, readings: [Reading]) {
        self.profile = profile
        points = Dictionary(readings.map { ($0.point, PointStatus($0)) }, uniquingKeysWith: { _, last in last })
        identity = points.filter { Self.identityPoints.contains($0.key) }.compactMapValues {
            $0.reading.known?.plainText
        }
    }
}
