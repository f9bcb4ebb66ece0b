import DriverAPI
import ProfileTrust
import Synchronization

/// What drivers ask before they write: the verdicts on the profiles of their devices.
final class TrustGate: Sendable {
    private let verdicts: Mutex<[String: ProfileVerdict]?>

    /// A gate that asks for trust, where nobody may write before a verdict; or one that lets everybody through.
    init(isAsked: Bool) { verdicts = Mutex(isAsked ? [:] : nil) }

    /// From now on these verdicts count.
    func judge(_ verdicts: [String: ProfileVerdict]) {
        self.verdicts.withLock { current in if current != nil { current = verdicts } }
    }

    /// What the driver of a device asks.
    func permission(of device: String) -> WritePermission {
        WritePermission { [self] use, wears in
            verdicts.withLock { verdicts in
                guard let verdicts else { return nil }
                guard let verdict = verdicts[device] else { return "its profile was not judged yet" }
                return verdict.bar(use.capability, wears: wears)?.description
                    .replacing("DEVICE", with: device)
            }
        }
    }
}

extension WritePermission.Use {
    /// What is asked for, as profiles are trusted.
    var capability: Capability {
        switch self {
        case .charging: .limit
        case .phases: .phases
        case .wakeUp: .wakeUp
        }
    }
}
