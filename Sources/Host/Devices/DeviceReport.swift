import DriverAPI

/// All points of one device, read once; what `read --json` prints.
public struct DeviceReport: Encodable, Sendable {
    /// The profile's id.
    public var profile: String
    /// vendor, model, serial, firmware, hardware, as far as known.
    public var identity: [String: String]
    /// The points by name.
    public var points: [String: PointStatus]

    /// Makes a report; readings of the identity are shown with the points as well.
    public init(profile: String, identity: [String: String], readings: [Reading]) {
        self.profile = profile
        self.identity = identity
        points = Dictionary(readings.map { ($0.point, PointStatus($0)) }, uniquingKeysWith: { _, last in last })
    }
}
