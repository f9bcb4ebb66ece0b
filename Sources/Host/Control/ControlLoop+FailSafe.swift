import DriverAPI
import LoadManagement

extension ControlLoop {
    /// Sees to it that every box has the fall-back current and the watchdog that the site plans for it.
    func setFailSafes(_ states: [DeviceState], _ limits: SiteLimits, _ now: MonotonicTime) {
        guard site.mode == .manage else { return }
        noteFallbacks(limits, now)
        let boxes = states.filter { $0.deviceClass == .wallbox && $0.isInUse }
        let settable = Dictionary(
            boxes.compactMap { state in state.description?.charging?.failSafe.map { (state.entry.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        guard !settable.isEmpty else { return }
        if planned?.boxes != limits.boxes || planned?.settable != settable {
            let wanted = Dictionary(boxes.map { ($0.entry.id, $0.entry.box.failsafe) }) { first, _ in first }
            failSafes = FailSafePlan(limits, wanted: wanted, settable: settable)
            planned = PlannedFor(boxes: limits.boxes, settable: settable)
        }
        let trusted = boxes.filter { !isDistrusted($0.entry.id) }
        for write in failSafeSetter.writes(trusted, failSafes, limits, at: now) {
            guard let device = devices[write.box] else { continue }
            Task { await carry(write, device) }
        }
    }

    /// Says, as long as it is so, what boxes would do if the host died: fall-back currents that do not fit beside the house,
    /// and boxes that were accepted to go on by themselves.
    private func noteFallbacks(_ limits: SiteLimits, _ now: MonotonicTime) {
        if checked != limits.boxes {
            for finding in findings { alarms.remove(matter: finding.matter) }
            checked = limits.boxes
            findings = LimitCheck.findings(limits).filter { finding in
                if case .unattended = finding { return true }
                return finding.isError
            }
        }
        for finding in findings { alarms.add(finding.description, matter: finding.matter, at: now) }
    }

    private func carry(_ write: FailSafeSetter.Write, _ device: any Device) async {
        do throws(DriverError) {
            _ = try await device.apply(.set(point: write.point, value: .number(write.value)))
            failSafeSetter.ended(write, isRefused: false, at: clock.now)
            alarms.remove(matter: "\(write.box) \(write.point)")
        } catch {
            failSafeSetter.ended(write, isRefused: error.isRefusal, at: clock.now)
            alarms.add(
                "\(write.box): \(write.point) could not be set to \(write.value): \(error); "
                    + "what stands in the box is booked; set it there, or say failsafe: keep",
                matter: "\(write.box) \(write.point)", at: clock.now)
        }
    }
}

/// What a plan was made for.
struct PlannedFor {
    var boxes: [BoxSetup]
    var settable: [String: FailSafeSettings]
}

extension LimitFinding {
    /// The same for all currents.
    fileprivate var matter: String {
        switch self {
        case .fallbackPassesLimit(let sum), .houseUnknown(let sum): "fall-back \(sum.node) \(sum.phase)"
        case .unattended(let box, _): "unattended \(box)"
        case .unknownNode(let box, _): "circuit of \(box)"
        }
    }
}

extension DriverError {
    fileprivate var isRefusal: Bool {
        switch self {
        case .refused, .refusedByDevice, .unsupported: true
        default: false
        }
    }
}
