import DriverAPI
import LoadManagement

/// Turns what limits the boxes at this moment, besides the circuits, into budgets.
enum PowerBudgets {
    /// The budgets that hold now.
    static func budgets(
        _ limit: OperatorLimit?, _ inputs: [InputReader.Active], _ states: [DeviceState], _ site: Site,
        ownPower: Int
    ) -> [PowerLimit] {
        var budgets: [PowerLimit] = []
        if let limit {
            budgets.append(PowerLimit(milliwatts: Int(max(0, min(limit.power_w, 1e9)) * 1000), cause: .operator))
        }
        for active in inputs { budgets.append(budget(active, states, site, ownPower)) }
        return budgets
    }

    private static func budget(
        _ active: InputReader.Active, _ states: [DeviceState], _ site: Site, _ ownPower: Int
    ) -> PowerLimit {
        let boxes = states.count {
            $0.deviceClass == .wallbox && $0.isInUse && isBelow($0.entry.circuit, active.input.circuit, site)
        }
        let milliwatts: Int
        switch active.input.power {
        case .fixed(let power): milliwatts = power.multiplied(by: 1000)?.floor.asInt ?? 0
        case .each: milliwatts = Dimming.device * boxes
        case .shared: milliwatts = Dimming.power(Dimming.Devices(chargersAndStorages: boxes))
        case .value: milliwatts = max(0, active.value ?? 0).multiplied(by: 1000)?.floor.asInt ?? 0
        }
        let isDimming = active.input.kind == .dimming
        return PowerLimit(
            milliwatts: isDimming ? Dimming.allowed(milliwatts, surplus: ownPower) : milliwatts,
            node: active.input.circuit == "supply" ? nil : active.input.circuit,
            cause: isDimming ? .dimming : .operator)
    }

    private static func isBelow(_ circuit: String, _ node: String, _ site: Site) -> Bool {
        var place: String? = circuit
        while let id = place {
            if id == node { return true }
            place = site.nodes.first { $0.id == id }?.parent
        }
        return false
    }
}
