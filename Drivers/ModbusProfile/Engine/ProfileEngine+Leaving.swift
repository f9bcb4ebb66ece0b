import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// Takes over a new version of the profile, between two rounds.
    ///
    /// The next round connects anew under it: facts, variants, init; values of points that are defined alike stay, and a
    /// running limit is asserted once. Throws ``DriverError/configuration(_:)`` when the options do not fit it; then the
    /// old one stays.
    public func replace(profile: any VariableProfile) throws(DriverError) {
        options = try profile.values(ofOptions: configuration.options)
        source = profile
        charge.assertsAfterSwap = charge.asserted != nil
        connection.isSetUp = false
        connection.preparation = .needed
        plans.forget()
    }

    /// Does what the profile does when the host leaves on purpose; failures are logged.
    public func leave(_ policy: LeavePolicy) async {
        guard contact.isOnline, connection.isSetUp, writeBar == nil, let control = current.control.charge else {
            return
        }
        let target: ChargeTarget
        switch (policy, control.onDisconnect) {
        case (.leave, _), (.asConfigured, .leave): return
        case (.stop, _), (.asConfigured, .stop): target = .off
        case (.asConfigured, .limit(let value)):
            // A limit is for a box that runs: it starts none that was stopped, or never told anything.
            guard let told = charge.told, told > 0 else { return }
            target = (try? governance().unit) == .W ? .power(value) : .current(value)
        }
        do throws(DriverError) {
            _ = try await perform(target, cause: .leaving)
        } catch {
            log(.warning, "\(current.id): on leaving: \(error)")
        }
        _ = publish()
    }

    /// Ends everything: what runs stops at the next request, later calls throw ``DriverError/closed``.
    public func close() {
        connection.isClosed = true
    }
}
