/// What the site file says about OCPP: the one backend above, and the slaves below.
public struct SiteOCPP: Hashable, Sendable {
    /// The central system this site reports to; nil for none.
    public var backend: SiteBackend?
    /// How slaves connect to this host; nil: none can.
    public var slaves: SiteSlaves?

    /// How firmware that the backend names is installed; nil: it is not.
    public var firmware: SiteFirmware?

    /// Makes a section.
    public init(backend: SiteBackend? = nil, slaves: SiteSlaves? = nil, firmware: SiteFirmware? = nil) {
        self.backend = backend
        self.slaves = slaves
        self.firmware = firmware
    }
}
