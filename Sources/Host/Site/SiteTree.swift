import YAML

/// What must hold between the parts of a site file.
enum SiteTree {
    /// Parents before children; nodes in a cycle, or below an unknown one, keep their order at the end.
    static func sorted(_ circuits: [SiteCircuit]) -> [SiteCircuit] {
        var known: Set<String> = ["supply"]
        var rest = circuits
        var result: [SiteCircuit] = []
        while let next = rest.firstIndex(where: { known.contains($0.parent ?? "supply") }) {
            let circuit = rest.remove(at: next)
            known.insert(circuit.id)
            result.append(circuit)
        }
        return result + rest
    }

    static func check(_ site: Site, _ problems: SiteProblems) {
        checkIds(site, problems)
        checkCircuits(site, problems)
        checkDevices(site, problems)
        checkLimits(site, problems)
        MasterCheck.check(site, problems)
        OCPPCheck.check(site, problems)
    }

    private static func checkLimits(_ site: Site, _ problems: SiteProblems) {
        let nodes = site.nodes.map(\.id)
        let devices = site.devices.map(\.id)
        var ids: [String: Mark] = [:]
        for limit in site.limits {
            if let first = ids.updateValue(limit.mark, forKey: limit.id) {
                problems.add(.id, at: limit.mark, "limit \"\(limit.id)\" is there already, in line \(first.line)")
            }
            if !nodes.contains(limit.circuit) {
                let hint = closest(to: limit.circuit, among: nodes).map { ", did you mean \"\($0)\"?" } ?? ""
                problems.add(
                    .circuit, at: limit.mark, "limit \(limit.id): circuit \"\(limit.circuit)\" is unknown\(hint)")
            }
            guard let device = site.devices.first(where: { $0.id == limit.device }) else {
                let hint = closest(to: limit.device, among: devices).map { ", did you mean \"\($0)\"?" } ?? ""
                problems.add(
                    .role, at: limit.mark, "limit \(limit.id): input \"\(limit.device)\" is no device\(hint)")
                continue
            }
            if !device.enabled {
                problems.add(.role, at: limit.mark, "limit \(limit.id): its input \(device.id) is disabled")
            }
        }
    }

    private static func checkIds(_ site: Site, _ problems: SiteProblems) {
        var circuits: [String: Mark] = ["supply": site.supply.mark]
        for circuit in site.circuits {
            if let first = circuits.updateValue(circuit.mark, forKey: circuit.id) {
                problems.add(
                    .id, at: circuit.mark, "circuit \"\(circuit.id)\" is there already, in line \(first.line)")
            }
        }
        var devices: [String: Mark] = [:]
        for device in site.devices {
            if let first = devices.updateValue(device.mark, forKey: device.id) {
                problems.add(.id, at: device.mark, "device \"\(device.id)\" is there already, in line \(first.line)")
            }
        }
        var connectors: [Int: SiteDevice] = [:]
        for device in site.devices {
            guard let number = device.connector else { continue }
            if let first = connectors.updateValue(device, forKey: number) {
                problems.add(
                    .id, at: device.mark, "connector \(number) of \(device.id) is already that of \(first.id)")
            }
        }
        let own = site.devices.filter(\.own)
        if let second = own.dropFirst().first, let first = own.first {
            problems.add(
                .id, at: second.mark, "\(first.id) and \(second.id) are both marked own; a host has one box of its own")
        }
    }

    private static func checkCircuits(_ site: Site, _ problems: SiteProblems) {
        let ids = Set(site.nodes.map(\.id))
        var reached: Set<String> = ["supply"]
        for circuit in site.circuits {
            let parent = circuit.parent ?? "supply"
            if !ids.contains(parent) {
                let hint = closest(to: parent, among: Array(ids)).map { ", did you mean \"\($0)\"?" } ?? ""
                problems.add(
                    .circuit, at: circuit.mark, "circuit \(circuit.id): parent \"\(parent)\" is unknown\(hint)")
            } else if reached.contains(parent) {
                reached.insert(circuit.id)
            } else {
                problems.add(
                    .circuit, at: circuit.mark,
                    "circuit \(circuit.id) never reaches the supply: its parents go round in a circle")
            }
        }
        for circuit in site.nodes {
            guard let meter = circuit.meter else { continue }
            guard let device = site.devices.first(where: { $0.id == meter }) else {
                problems.add(.circuit, at: circuit.mark, "circuit \(circuit.id): meter \"\(meter)\" is no device")
                continue
            }
            if device.role == .box {
                problems.add(
                    .circuit, at: circuit.mark,
                    "circuit \(circuit.id): meter \(meter) is attached to box \(device.of ?? "?") and cannot measure a circuit"
                )
            }
            if !device.enabled {
                problems.add(
                    .circuit, at: circuit.mark,
                    "circuit \(circuit.id): meter \(meter) is disabled; enable it or remove the key")
            }
        }
    }

    private static func checkDevices(_ site: Site, _ problems: SiteProblems) {
        let ids = Set(site.nodes.map(\.id))
        for device in site.devices {
            if !ids.contains(device.circuit) {
                let hint = closest(to: device.circuit, among: Array(ids)).map { ", did you mean \"\($0)\"?" } ?? ""
                problems.add(
                    .circuit, at: device.mark, "device \(device.id): circuit \"\(device.circuit)\" is unknown\(hint)")
            }
            if device.role == .box, !site.devices.contains(where: { $0.id == device.of }) {
                problems.add(
                    .role, at: device.mark, "meter \(device.id) has role box and needs \"of:\" with the id of that box")
            }
            if device.of != nil, device.role != .box {
                problems.add(.role, at: device.mark, "device \(device.id): \"of\" goes with role box only")
            }
        }
    }
}
