import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    func decodeLink() -> LinkDefinition {
        var link = LinkDefinition()
        guard let node = root[text: "link"] else {
            link.tcpPort = 502
            return link
        }
        if let tcp = node[text: "tcp"] { link.tcpPort = tcp[text: "port"]?.int ?? 502 }
        if let serial = node[text: "serial"] {
            link.serial = LinkDefinition.Serial(
                baud: serial[text: "baud"]?.int ?? 9600, data: serial[text: "data"]?.int ?? 8,
                parity: serial[text: "parity"]?.text.flatMap(Parity.init(rawValue:)) ?? .none,
                stop: serial[text: "stop"]?.int ?? 1)
        }
        if node[text: "tcp"] == nil, node[text: "serial"] == nil { link.tcpPort = 502 }
        decodeUnit(node, into: &link)
        link.clients = node[text: "clients"]?.int
        if let timing = node[text: "timing"] { link.timing = decodeTiming(timing) }
        return link
    }

    private func decodeUnit(_ node: Node, into link: inout LinkDefinition) {
        guard let unit = node[text: "unit"] else { return }
        let hasTCP = link.tcpPort != nil
        let allowed = hasTCP ? 0...255 : 1...247
        if let node = unit[text: "range"], let span = node.span {
            if span.lowerBound < allowed.lowerBound || span.upperBound > allowed.upperBound {
                let hint = hasTCP ? "" : "; 0 and 248..255 only exist on TCP"
                report(
                    .wrongKind, at: node.mark,
                    "unit ids \(node.text ?? "") are outside \(allowed.lowerBound)..\(allowed.upperBound)\(hint)")
            } else {
                link.unitRange = Int(span.lowerBound)...Int(span.upperBound)
            }
        }
        guard let node = unit[text: "default"], let id = node.int.flatMap({ UInt8(exactly: $0) }) else { return }
        link.defaultUnit = id
        if !allowed.contains(Int(id)) {
            report(.wrongKind, at: node.mark, "unit id \(id) is outside 1..247; 0 and 248..255 only exist on TCP")
        } else if unit[text: "range"] != nil, !link.unitRange.contains(Int(id)) {
            report(.wrongKind, at: node.mark, "unit id \(id) is outside the `range` of this unit")
        }
    }

    func decodeTiming(_ node: Node) -> LinkDefinition.Timing {
        var timing = LinkDefinition.Timing()
        timing.timeout = node[text: "timeout"]?.duration ?? timing.timeout
        timing.minGap = node[text: "min_gap"]?.duration ?? timing.minGap
        timing.neighbourGap = node[text: "neighbour_gap"]?.duration ?? timing.neighbourGap
        timing.writeGap = node[text: "write_gap"]?.duration ?? timing.writeGap
        timing.pauseAfterConnect = node[text: "pause_after_connect"]?.duration ?? timing.pauseAfterConnect
        timing.pauseAfterWrite = node[text: "pause_after_write"]?.duration ?? timing.pauseAfterWrite
        timing.retries = node[text: "retries"]?.int ?? timing.retries
        timing.busy = node[text: "busy"]?.duration ?? timing.busy
        if let node = node[text: "timeout"], timing.timeout == .zero {
            report(.wrongKind, at: node.mark, "a timeout of 0 leaves no time for an answer")
            timing.timeout = .seconds(1)
        }
        return timing
    }
}
