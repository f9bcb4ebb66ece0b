import DeviceProfiles
import DriverAPI

/// Parts of a profile in words.
enum ProfileText {
    static func place(of point: PointDefinition, in profile: DeviceProfile) -> String {
        guard let place = point.place else { return point.isDerived ? "calculated" : "write only" }
        let printed = profile.modbus.printed(place.address, table: place.table)
        let bits = place.bits.map {
            $0.count == 1 ? " bit \($0.lowerBound)" : " bits \($0.lowerBound)..\($0.upperBound)"
        }
        return "\(place.table.rawValue) \(printed) \(place.type.rawValue)\(bits ?? "")"
    }

    static func link(of profile: DeviceProfile) -> String {
        var ways: [String] = []
        if let port = profile.link.tcpPort { ways.append("TCP port \(port)") }
        if let serial = profile.link.serial {
            ways.append("serial \(serial.baud),\(serial.data),\(serial.parity.letter),\(serial.stop)")
        }
        return ways.joined(separator: " or ") + ", unit \(profile.link.defaultUnit)"
    }

    static func controls(of profile: DeviceProfile) -> [String] {
        let control = profile.control
        var names: [String] = []
        if control.charge != nil { names += ["charge=10A", "charge=on", "charge=off"] }
        if control.phases != nil { names.append("phases=1|3") }
        if control.wakeUp != nil { names.append("wake_up") }
        if control.lock != nil { names.append("lock=true|false") }
        if control.display != nil { names.append("display=TEXT") }
        return names
    }

    static func watchdog(of profile: DeviceProfile) -> String {
        guard profile.control.charge != nil else { return "does not matter, nothing is controlled" }
        guard let keepAlive = profile.keepAlive, keepAlive.satisfiedBy != .none, let deadline = keepAlive.deadline
        else {
            return "the box has no watchdog: it keeps what it was told last, for ever"
        }
        let time =
            switch deadline {
            case .fixed(let duration): "\(Int(duration.inSeconds)) s"
            case .expression: "a time of its own"
            case .point(let point, _, _): "the time in \(point)"
            }
        let then =
            switch keepAlive.deviceThen {
            case .limitsTo(let limit): "limits itself to \(limit) A"
            case .limitsToPoint(let point): "limits itself to \(point)"
            case .stops: "stops"
            case .keeps: "keeps what it was told"
            case .unknown: "does something that is not known; its rated current is booked"
            }
        return "after \(time) without a sign of life the box \(then)"
    }
}
