import DeviceProfiles
import DriverAPI

extension PointBoard {
    /// The present value of a name.
    func evaluated(_ reference: Expression.Reference) -> Evaluated {
        switch reference {
        case .point(let name):
            guard let position = position(name) else { return evaluatedIdentity(name) }
            let state = states[position]
            let quality = quality(of: position)
            return Evaluated(value: quality.isKnown ? state.value : nil, quality: quality, time: state.time)
        case .option(let name): return Evaluated(value: options[name], quality: options[name] == nil ? .missing : .good)
        case .fact(let name): return Evaluated(value: facts[name], quality: facts[name] == nil ? .missing : .good)
        case .command: return Evaluated(value: command, quality: command == nil ? .missing : .good)
        case .told: return Evaluated(value: told, quality: told == nil ? .missing : .good)
        case .lanes, .value: return Evaluated(value: nil, quality: .missing)
        }
    }

    private func evaluatedIdentity(_ name: String) -> Evaluated {
        let reading = name == "state.reason" ? stateReason : identityReadings[name]
        guard let reading else { return Evaluated(value: nil, quality: .missing) }
        return Evaluated(value: reading.known, quality: reading.quality, time: reading.time)
    }

    /// The quality of a point as it is now: what was determined, its age and freezing.
    func quality(of position: Int) -> Quality {
        let state = states[position]
        if state.presence == .absent { return .absent }
        if state.isRefused { return state.hasAnswered ? .missing : .absent }
        guard state.quality.isKnown else { return state.quality }
        if state.isFrozen { return .stale }
        let age = now.nanoseconds - state.time.nanoseconds
        return age > points[position].staleAfter ? .stale : state.quality
    }

    /// The reading of a point as it is now.
    func reading(of position: Int) -> Reading {
        let quality = quality(of: position)
        let state = states[position]
        let point = points[position]
        return Reading(
            point: point.definition.name, value: quality <= .stale ? state.value : nil, unit: point.unit,
            quality: quality, time: state.time)
    }

    /// The reading of `state.reason`; nil for a device without `state`.
    var stateReason: Reading? {
        guard let statePosition else { return nil }
        let quality = quality(of: statePosition)
        let state = states[statePosition]
        let value = quality <= .stale && state.value != nil ? Value.member(state.reason ?? "none") : nil
        return Reading(point: "state.reason", value: value, quality: quality, time: state.time)
    }

    /// The reading of a point, of `state.reason` or of an identity fact; nil for an unknown name.
    func reading(_ name: String) -> Reading? {
        if let position = position(name) { return reading(of: position) }
        return name == "state.reason" ? stateReason : identityReadings[name]
    }

    /// All readings as they are now; points that are only written have none.
    var readings: [Reading] {
        var result = points.indices.filter { !points[$0].isWriteOnly }.map { reading(of: $0) }
        if let stateReason { result.append(stateReason) }
        return result + identityReadings.values.sorted { $0.point < $1.point }
    }
}
