import DeviceProfiles
import DriverAPI

/// A device's own view of its points: every name is decoded from its registers as they are now.
struct ImageScope: ExpressionScope {
    /// The registers.
    var image: RegisterImage
    /// The points.
    let map: RegisterMap

    /// The value of a name; points that the device does not have are absent.
    func evaluated(_ reference: Expression.Reference) -> Evaluated {
        switch reference {
        case .point(let name): evaluated(point: name)
        case .option(let name): known(map.options[name])
        case .fact(let name): known(map.facts[name])
        case .lanes, .value, .command, .told: Evaluated(value: nil, quality: .missing)
        }
    }

    /// The decoded value of a point; nil for a name that the profile does not have.
    func decoded(_ name: String) -> DecodedValue? {
        guard let point = map.point(name) else { return nil }
        guard has(point) else { return .absent }
        guard let place = point.place else {
            guard point.definition.isDerived else { return .noData }
            return point.decoder.evaluateDerived(in: self)
        }
        return point.decoder.decode(image[place.table, place.range][...], in: self)
    }

    /// Whether the device has a point: its `present` holds.
    func has(_ point: ImagePoint) -> Bool {
        guard case .when(let condition) = point.definition.presence else { return true }
        return condition.holds(in: self)
    }

    private func evaluated(point name: String) -> Evaluated {
        guard let decoded = decoded(name) else { return Evaluated(value: nil, quality: .missing) }
        return Evaluated(value: decoded.quality.isKnown ? decoded.value : nil, quality: decoded.quality)
    }

    private func known(_ value: Value?) -> Evaluated {
        Evaluated(value: value, quality: value == nil ? .missing : .good)
    }
}
