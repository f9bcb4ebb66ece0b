/// A charge point as admission sees it; every connector of a box with several is one.
public struct LicensedBox: Hashable, Sendable {
    /// Its device id in the site file.
    public var id: String
    /// Whose make it is.
    public var make: BoxMake
    /// Whether it is enabled and this host is to control it: by a profile, by OCPP, or by a plug-in.
    public var isControlled: Bool

    /// A charge point.
    public init(id: String, make: BoxMake, isControlled: Bool = true) {
        self.id = id
        self.make = make
        self.isControlled = isControlled
    }
}
