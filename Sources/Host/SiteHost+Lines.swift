import Modbus

extension SiteHost {
    /// What every line and endpoint in use did so far, in the order of their addresses.
    public func lines() -> [LineStatus] {
        let opener = opener
        let places = site.devices.compactMap { device in
            (try? opener.place(of: device.configuration)).map { (device.id, $0) }
        }
        return buses.all.map { bus in
            let here = places.filter { $0.1.channel == bus.endpoint.channel }
            return LineStatus(bus.endpoint, bus.statistics) { unit in
                here.filter { $0.1.unit == unit }.map(\.0)
            }
        }
    }
}
