import DriverAPI
import Foundation
import Licensing

/// Finds out whose make the boxes of a site are.
///
/// What was proven once is remembered with the profile and the place it was proven for, so that a box that is silent for a
/// while, or a host that was restarted, changes nothing.
struct BoxMakes {
    /// What was proven, by device: for which profile and place.
    private(set) var proven: [String: String]
    private let own: FirstPartyList
    private var digests: [String: (size: Int, hash: Int, isOwn: Bool)] = [:]

    init(own: FirstPartyList, proven: [String: String] = [:]) {
        self.own = own
        self.proven = proven
    }

    /// The makes of the boxes among `states`, in their order; `file` gives the profile's bytes as the device runs it,
    /// `hosts` what the hosts that show them have proven, by device.
    mutating func boxes(
        _ states: [DeviceState], hosts: [String: HostStanding] = [:], file: (String) -> Data?
    ) -> [LicensedBox] {
        states.filter { $0.deviceClass == .wallbox }.map { state in
            let id = state.entry.id
            return LicensedBox(id: id, make: make(state, file(id), hosts[id]), isControlled: state.isInUse)
        }
    }

    /// A box that speaks OCPP: the host of a Power Brain, or one of another make.
    private mutating func slave(_ entry: SiteDevice, _ host: HostStanding?) -> BoxMake {
        let place = "host \(entry.address)"
        switch host {
        case .proven:
            proven[entry.id] = place
            return .powerBrain
        case .refused(let why):
            proven[entry.id] = nil
            return .thirdParty(.unprovenHost(why))
        case .stranger:
            proven[entry.id] = nil
            return .thirdParty(.ocpp)
        case nil: return proven[entry.id] == place ? .powerBrain : .thirdParty(.ocpp)
        }
    }

    private mutating func make(_ state: DeviceState, _ file: Data?, _ host: HostStanding?) -> BoxMake {
        let entry = state.entry
        // A program says what its device is, and what it says proves nothing.
        if entry.driver != nil { return .thirdParty(.plugIn) }
        if entry.address.lowercased().hasPrefix("ocpp://") { return slave(entry, host) }
        guard let profile = state.profile, own.profiles.values.contains(profile) else { return .thirdParty(.otherMake) }
        guard let file, isOwn(entry.id, profile, file) else { return .thirdParty(.profileChanged) }
        let place = "\(profile) \(file.count) \(entry.address) \(entry.unit.map(String.init) ?? "")"
        switch state.link {
        case .mismatch:
            proven[entry.id] = nil
            return .thirdParty(.otherIdentity)
        case .online:
            guard let serial = state.description?.identity["serial"] else { break }
            // A chargehost that shows its boxes with the same registers says so in its serial number.
            if serial.hasPrefix("CH") { return shown(entry.id, "host " + place, host) }
            proven[entry.id] = place
        case .connecting, .silent: break
        }
        return proven[entry.id] == place || proven[entry.id] == "host " + place ? .powerBrain : .unproven
    }

    /// A box that a chargehost shows with the registers of a Power Brain.
    private mutating func shown(_ id: String, _ place: String, _ host: HostStanding?) -> BoxMake {
        switch host {
        case .proven: proven[id] = place
        case .refused(let why):
            proven[id] = nil
            return .thirdParty(.unprovenHost(why))
        case .stranger: proven[id] = nil
        case nil: break
        }
        if proven[id] == place { return .powerBrain }
        proven[id] = nil
        return .thirdParty(.unprovenHost(nil))
    }

    private mutating func isOwn(_ id: String, _ profile: String, _ file: Data) -> Bool {
        let hash = file.hashValue
        if let known = digests[id], known.size == file.count, known.hash == hash { return known.isOwn }
        let isOwn = own.contains(profile, Array(file))
        digests[id] = (file.count, hash, isOwn)
        return isOwn
    }
}
