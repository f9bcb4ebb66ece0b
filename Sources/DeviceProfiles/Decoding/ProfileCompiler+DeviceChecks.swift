import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// Rules about the device as a whole; for the profile without variants.
    func checkDevice(_ profile: DeviceProfile) {
        guard knowsClass else { return }
        if root[text: "points"]?.mapping != nil {
            checkMandatory(profile, .mandatoryPoint, at: root.key("points")?.mark ?? root.mark)
        }
        if profile.deviceClass == .wallbox {
            if root[text: "control"]?[text: "charge"] == nil {
                let mark = root.key("control")?.mark ?? root.mark
                report(.mandatoryPoint, at: mark, "a wallbox needs control.charge")
            }
            checkUnattended()
        }
        guard profile.points.contains(where: { $0.place != nil }) else { return }
        let load = BusLoad(profile)
        checkRound(load)
        checkDeadline(profile, load)
    }

    private func checkUnattended() {
        let disconnect = root[text: "control"]?[text: "charge"]?[text: "on_disconnect"]
        guard root[text: "keepalive"] == nil, disconnect == nil || disconnect?.text == "leave" else { return }
        report(
            .unattended, at: root.key("control")?.mark ?? root.mark,
            "unattended charging: without `keepalive` the box goes on at its last limit when the host is gone")
    }

    private func checkRound(_ load: BusLoad) {
        guard load.fastRound > BusLoad.longestRound,
            case .serial(let baud, let data, let parity, let stop) = load.line
        else { return }
        let milliseconds = Int((load.fast.time.inSeconds * 1000).rounded())
        let seconds = Double(Int((load.fastRound.inSeconds * 10).rounded())) / 10
        report(
            .busShare, at: root.key("points")?.mark ?? root.mark,
            "the fast points take \(load.fast.entries.count) requests and \(milliseconds) ms: \(BusLoad.units) devices at "
                + "\(baud),\(data),\(parity.letter),\(stop) would be asked every \(seconds) s only, at most "
                + "\(BusLoad.longestRound.inSeconds) s are sensible; read less, or less often")
    }

    private func checkDeadline(_ profile: DeviceProfile, _ load: BusLoad) {
        let deadline: Duration
        switch profile.keepAlive?.deadline {
        case .fixed(let duration): deadline = duration
        case .point(_, _, let assume): deadline = assume
        case .expression, nil: return
        }
        let round = load.worstRound
        guard deadline < round * 2, let node = root[text: "keepalive"] else { return }
        let seconds = Double(Int(round.inSeconds * 10)) / 10
        report(
            .keepAlive, at: node.place(of: "deadline"),
            "the deadline of \(deadline.inSeconds) s is less than twice the worst bus round of \(seconds) s")
    }
}
