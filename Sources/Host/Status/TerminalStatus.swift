/// The site's status as lines of text, for a terminal.
public struct TerminalStatus: Sendable {
    private let status: SiteStatus
    private let colour: Bool

    /// A view of `status`, with colours where `colour`.
    public init(_ status: SiteStatus, colour: Bool) {
        self.status = status
        self.colour = colour
    }

    /// The lines, those about `buses` included, at most `width` characters each.
    public func lines(_ buses: [LineStatus] = [], width: Int = 100) -> [String] {
        var result = [bold("\(status.name)") + "  \(status.role), \(status.mode)  \(status.time)", ""]
        result += status.circuits.flatMap { circuit($0, width) }
        for limit in status.limits {
            let until = limit.until.map { " until \($0)" } ?? ""
            let lost = limit.is_lost ? ", its input cannot be read" : ""
            result.append(
                paint("limit \(limit.id): \(TerminalStatus.number(limit.power_w / 1000)) kW\(until)\(lost)", 33))
        }
        result.append("")
        result.append(row("box", "state", "told", "offered", "drawn", "power", "why"))
        result += status.boxes.map { box($0, width) }
        if !status.instruments.isEmpty {
            result.append("")
            result += status.instruments.map { instrument($0) }
        }
        let busy = TerminalStatus.text(buses)
        if !busy.isEmpty { result += [""] + busy }
        for alarm in status.alarms.suffix(3) { result += ["", paint("! " + alarm, 31)] }
        return result
    }

    private func circuit(_ node: SiteStatus.Circuit, _ width: Int) -> [String] {
        let depth = depth(of: node)
        let name = String(repeating: "  ", count: depth) + node.id + (node.blind ? paint("  meter silent", 31) : "")
        let phases = (0..<3).map { p -> String in
            let usable = node.usable_a[p]
            let base = node.base_a[p]
            let booked = node.booked_a[p]
            return "  L\(p + 1) " + bar(base, booked, usable) + " "
                + TerminalStatus.right(TerminalStatus.amperes(base + booked), 7) + " of "
                + TerminalStatus.amperes(usable)
                + "  (house \(TerminalStatus.amperes(base)), boxes up to \(TerminalStatus.amperes(booked)))"
        }
        return [bold(name)] + phases
    }

    private func depth(of node: SiteStatus.Circuit) -> Int {
        var depth = 0
        var parent = node.parent
        while let id = parent, depth < 16 {
            depth += 1
            parent = status.circuits.first { $0.id == id }?.parent
        }
        return depth
    }

    private func bar(_ base: Double, _ booked: Double, _ usable: Double) -> String {
        let cells = 24
        func cell(_ amperes: Double) -> Int {
            usable > 0 ? max(0, min(cells, Int((amperes / usable * Double(cells)).rounded()))) : 0
        }
        let house = cell(base)
        let boxes = max(0, cell(base + booked) - house)
        return paint(String(repeating: "▒", count: house), 33) + paint(String(repeating: "█", count: boxes), 32)
            + String(repeating: "·", count: cells - house - boxes)
    }

    private func box(_ box: SiteStatus.Box, _ width: Int) -> String {
        let state = box.link == "online" ? (box.state ?? "?") : box.link
        let drawn = box.drawn_a.map { $0.map { TerminalStatus.number($0) }.joined(separator: "/") } ?? "-"
        let told = box.told_a.map { $0 == 0 ? "off" : TerminalStatus.amperes($0) } ?? "-"
        let line = row(
            box.id, state, told, box.offered_a.map(TerminalStatus.amperes) ?? "-", drawn,
            box.power_w.map { TerminalStatus.number($0 / 1000) + " kW" } ?? "-",
            box.link == "online" ? box.why : (box.link_text ?? box.why))
        return box.link == "online" ? line : paint(line, 31)
    }

    private func instrument(_ meter: SiteStatus.Instrument) -> String {
        let current = meter.current_a.map { $0.map { TerminalStatus.number($0) }.joined(separator: "/") + " A" } ?? ""
        let power = meter.power_w.map { TerminalStatus.number($0 / 1000) + " kW" } ?? "-"
        let line =
            TerminalStatus.left(meter.id, 14) + TerminalStatus.left(meter.role ?? meter.device_class, 14)
            + TerminalStatus.right(power, 10) + "  " + current
        return meter.link == "online" ? line : paint(line + "  " + meter.link + " " + (meter.link_text ?? ""), 31)
    }

    private func row(
        _ box: String, _ state: String, _ told: String, _ offered: String, _ drawn: String, _ power: String,
        _ why: String
    ) -> String {
        TerminalStatus.left(box, 14) + TerminalStatus.left(state, 7) + TerminalStatus.right(told, 8)
            + TerminalStatus.right(offered, 9) + TerminalStatus.right(drawn, 17) + TerminalStatus.right(power, 10)
            + "  " + why
    }

    private func bold(_ text: String) -> String { colour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private func paint(_ text: String, _ code: Int) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    static func amperes(_ value: Double) -> String { number(value) + " A" }

    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    static func left(_ text: String, _ width: Int) -> String {
        text.count >= width
            ? String(text.prefix(width - 1)) + " " : text + String(repeating: " ", count: width - text.count)
    }

    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
