import DriverAPI
import YAML

extension ProfileCompiler {
    /// A canonical point has the type that everybody expects of it (P020, P021).
    func checkSemantics(_ source: PointSource, _ shape: PointShape) {
        guard let canonical = source.canonical, let name = source.names.first else { return }
        let mark = placeOfKind(source)
        func wrong(_ needs: String) {
            let message = "\(name) must be \(needs), this is \(ExpressionType(shape.kind))"
            report(.semantics, at: mark, message, source.subject)
        }
        switch (canonical.meaning, shape.kind) {
        case (.quantity(let units), .number(let unit)):
            if units.contains(where: { $0.dimension == unit.dimension }) { return }
            let isApproximate = source.node[text: "approx"]?.boolean ?? false
            if isApproximate, units.contains(.W), unit == .VA || unit == .var { return }
            if isApproximate, units.contains(.Wh), unit == .VAh { return }
            let needs = units.map(\.rawValue).joined(separator: " or ")
            report(
                .unit, at: mark, "\(name) must be in \(needs), this is \(ExpressionType(shape.kind))", source.subject)
        case (.quantity(let units), _):
            wrong("a \(units == [.one] ? "number" : "quantity in \(units.map(\.rawValue).joined(separator: " or "))")")
        case (.boolean, .bool), (.text, .text): return
        case (.boolean, _): wrong("a boolean (type bool16, a bit, or an enum of true and false)")
        case (.text, _): wrong("text")
        case (.members, .member): return
        case (.members(let members), _): wrong("one of \(members.joined(separator: ", "))")
        case (.phases, .number(.one)), (.phases, .member): return
        case (.phases(let auto), _): wrong("1, 2 or 3\(auto ? ", or auto" : "")")
        case (.identity, .text), (.identity, .number), (.identity, .version): return
        case (.identity, _): wrong("text, a number or a version")
        }
    }

    /// The key that decides the kind of value.
    private func placeOfKind(_ source: PointSource) -> Mark {
        for key in ["enum", "flags", "expr", "cases", "bit", "type", "unit", "at"] {
            if let node = source.node[text: key] { return key == "cases" ? source.node.place(of: key) : node.mark }
        }
        return source.key.mark
    }

    /// The points that a device of the class must have; `code` is P022, or P042 for what a variant leaves out.
    func checkMandatory(_ profile: DeviceProfile, _ code: DiagnosticCode, at mark: Mark) {
        func need(_ names: [String], _ words: String) {
            if !names.contains(where: { sourceOfPoint[$0] != nil || profile.point($0) != nil }) {
                report(code, at: mark, "a \(profile.deviceClass.rawValue) needs \(words)")
            }
        }
        switch profile.deviceClass {
        case .wallbox:
            need(["state"], "the point state")
            need(["current_limit", "power_limit"], "the point current_limit or power_limit")
            checkChargingControl(profile, code, at: mark)
        case .meter: need(["power", "current.l1"], "the point power, or current.l1 to current.l3")
        case .inverter: need(["power"], "the point power")
        case .battery:
            need(["soc"], "the point soc")
            need(["power"], "the point power")
        }
    }

    private func checkChargingControl(_ profile: DeviceProfile, _ code: DiagnosticCode, at mark: Mark) {
        let limits = ["current_limit", "power_limit"].compactMap { profile.point($0) }
        if !limits.isEmpty, !limits.contains(where: { $0.write != nil }), sourcesHaveNoWrite(limits.map(\.name)) {
            report(code, at: limits.first?.mark ?? mark, "a wallbox needs a limit that is written: `write` is missing")
        }
        guard let charge = profile.control.charge else { return }
        let stops = charge.stop.contains { if case .write = $0.action { true } else { false } }
        let hasSwitch = sourceOfPoint["charging_allowed"].map { sources[$0.source].node[text: "write"] != nil } ?? false
        if charge.off == nil, !hasSwitch, !stops {
            report(
                code, at: mark,
                "a wallbox needs a way to stop: charging_allowed with `write`, or `off` in control.charge")
        }
    }

    /// Whether the file has no `write` for these points; one that could not be read was reported.
    private func sourcesHaveNoWrite(_ names: [String]) -> Bool {
        names.allSatisfy { name in sourceOfPoint[name].map { sources[$0.source].node[text: "write"] == nil } ?? true }
    }
}
