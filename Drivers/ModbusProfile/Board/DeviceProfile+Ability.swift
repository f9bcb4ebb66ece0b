import DeviceProfiles

extension DeviceProfile {
    /// The points that decide what the box can be told and what it does when it hears nothing.
    var pointsOfAbility: Set<String> {
        var names: Set<String> = []
        if let charge = control.charge {
            names.formUnion(["rated_current", "max_current", "phases_active", "phases_set"])
            var expressions = [charge.voltage] + [charge.phases, charge.of].compactMap { $0 }
            for bound in [charge.minimum] + (point(charge.set)?.write?.range.map { [$0.low, $0.high] } ?? []) {
                if case .expression(let expression) = bound { expressions.append(expression) }
            }
            names.formUnion(expressions.flatMap(\.points))
        }
        switch keepAlive?.deadline {
        case .point(let name, _, _): names.insert(name)
        case .expression(let expression): names.formUnion(expression.points)
        case .fixed, nil: break
        }
        if case .limitsToPoint(let name) = keepAlive?.deviceThen { names.insert(name) }
        return names
    }
}
