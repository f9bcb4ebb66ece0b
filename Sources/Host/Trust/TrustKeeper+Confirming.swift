import Foundation
import ProfileTrust

extension TrustKeeper {
    /// Keeps an installer's word for a device, as it runs its profile now; it counts with the next judgement.
    ///
    /// `hash` is the digest of what was tried, where the installer names it. Throws ``ConfirmProblem``.
    func confirm(
        _ device: String, statement: String, by: String, hash: String?
    ) throws(ConfirmProblem) -> InstallerConfirmation {
        guard (10...2000).contains(statement.count) else { throw .statement }
        guard let running = running(device) else { throw .noDevice(device) }
        if let hash, hash != running.hash { throw .otherFile(device: device, runs: running.hash) }
        if case .withdrawn(let index, let reason) = verdicts[device]?.ground {
            throw .withdrawn(.withdrawn(running.profile, index: index, reason: reason))
        }
        let confirmation = InstallerConfirmation(
            hash: running.hash, profile: running.profile, device: device, statement: statement, by: by,
            time: rules.wall())
        do throws(TrustProblem) {
            try folder.add(confirmation)
        } catch {
            throw .trust(error)
        }
        refresh()
        return confirmation
    }

    /// Takes back what was confirmed of a device. Throws ``ConfirmProblem``.
    func withdrawConfirmation(of device: String) throws(ConfirmProblem) {
        let found: Bool
        do throws(TrustProblem) {
            found = try folder.withdrawConfirmations(of: device)
        } catch {
            throw .trust(error)
        }
        guard found else { throw .notConfirmed(device) }
        refresh()
    }

    /// Which devices are only read for lack of trust, for the site's document.
    func status(_ states: [DeviceState]) -> TrustStatus {
        let barred = states.compactMap { state -> TrustStatus.Device? in
            let id = state.entry.id
            guard state.isInUse, state.deviceClass == .wallbox, let bar = verdicts[id]?.bar(.limit) else { return nil }
            let running = running(id)
            return TrustStatus.Device(
                id: id, profile: running?.profile ?? state.entry.profile,
                hash: (running?.hash.prefix(12)).map(String.init), standing: bar.word,
                reason: bar.description.replacing("DEVICE", with: id),
                waits_for_confirmation: bar.isLiftedByConfirmation)
        }
        return TrustStatus(devices: barred, warnings: warnings)
    }
}
