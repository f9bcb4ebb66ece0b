import DriverAPI

/// What the host knows of one device at this moment.
public struct DeviceState: Sendable {
    /// Its entry in the site file.
    public var entry: SiteDevice
    /// The title of its profile, for people.
    public var title: String
    /// The id of its profile, where that could be read.
    public var profile: String?
    /// Its class, as far as known.
    public var deviceClass: DeviceClass
    /// What it turned out to be; nil before the first connection.
    public var description: DeviceDescription?
    /// The latest reading of every point.
    public var readings: [String: Reading] = [:]
    /// The connection.
    public var link: LinkState = .connecting
    /// How many connections there have been, the present one included.
    public var connections = 0
    /// Whether the site does not use it any more: a box is told to stop, and stays booked until that is confirmed.
    public var isLeaving = false
    /// When the last frame left that it may have heard.
    public var lastFrame: MonotonicTime?
    /// Why the driver could not be opened, in words.
    public var failure: String?

    /// Makes the state of a device that was not heard yet.
    public init(entry: SiteDevice, title: String, deviceClass: DeviceClass, profile: String? = nil) {
        self.entry = entry
        self.profile = profile
        self.title = title
        self.deviceClass = deviceClass
    }

    /// The number of a point, if it is good or suspect.
    public func number(_ point: String) -> Exact? { readings[point]?.known?.number }
    /// The text of a point, if it is good or suspect.
    public func text(_ point: String) -> String? { readings[point]?.known?.text }

    /// The three phase currents, with the oldest of their times; nil unless all present ones are known.
    ///
    /// An absent lane counts as 0 A: the box or meter has no such phase.
    public func phaseCurrents() -> (amperes: [Exact], time: MonotonicTime)? {
        var amperes: [Exact] = []
        var oldest: MonotonicTime?
        for lane in ["current.l1", "current.l2", "current.l3"] {
            guard let reading = readings[lane] else { return nil }
            if reading.quality == .absent {
                amperes.append(0)
                continue
            }
            guard let value = reading.known?.number else { return nil }
            amperes.append(value)
            oldest = min(oldest ?? reading.time, reading.time)
        }
        return oldest.map { (amperes, $0) }
    }
}

extension DeviceState {
    /// Whether the site counts on it: it is neither disabled nor about to go.
    var isInUse: Bool { entry.enabled && !isLeaving }

    /// What a box's own registers say it follows, in A: 0 while charging is not allowed, else its limit; nil while that
    /// is not known as a whole. The time is that of the older of both readings.
    func readBack() -> (amperes: Exact, time: MonotonicTime)? {
        let allowed = readings["charging_allowed"].flatMap { $0.quality == .absent ? nil : $0 }
        if let allowed {
            guard let value = allowed.known?.bool else { return nil }
            if !value { return (0, allowed.time) }
        } else if description?.points.contains("charging_allowed") ?? false {
            return nil
        }
        guard let limit = readings["current_limit"], let amperes = limit.known?.number else { return nil }
        return (amperes, min(limit.time, allowed?.time ?? limit.time))
    }

    /// Whether the limit of a box has been read: then its registers say what it follows.
    var isReadBack: Bool { readings["current_limit"]?.value != nil }
}

extension LinkState {
    /// One word for status and interface.
    var word: String {
        switch self {
        case .connecting: "connecting"
        case .online: "online"
        case .silent: "silent"
        case .mismatch: "mismatch"
        }
    }

    /// More, for people; nil when the word says it all.
    var text: String? {
        switch self {
        case .connecting, .online: nil
        case .silent(_, let reason): reason
        case .mismatch(let reason): reason
        }
    }
}
