import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// Refuses what may not be done by this profile. Throws ``DriverError/refused(_:)``.
    func expectPermission(_ use: WritePermission.Use) throws(DriverError) {
        if let reason = permission.bar(use) { throw .refused(reason) }
    }

    /// Refuses to tell the box more than it was told. What it was told already may be told again, but not by the engine
    /// itself: after a swap of its profile, or to a box that has fallen back.
    func expectPermission(toTell value: Exact, _ cause: WrittenFrame.Cause) throws(DriverError) {
        if value > charge.told ?? 0 || cause == .assertion { try expectPermission(.charging) }
    }

    /// Refuses one write, unless it stops, lowers, or belongs to a charge command that was allowed.
    func expectPermission(_ write: PreparedWrite, _ context: WriteContext) throws(DriverError) {
        if context.isLowering { return }
        let wears = write.rule.persist == .flash
        switch context.block {
        // What was told already is told again, but not into flash that nobody has vouched for.
        case .charge:
            guard wears, permission.bar(.charging) == nil else { return }
            if let reason = permission.bar(.charging, wears: true) { throw .refused(reason) }
        case .phases: if let reason = permission.bar(.phases, wears: wears) { throw .refused(reason) }
        case .wakeUp: if let reason = permission.bar(.wakeUp, wears: wears) { throw .refused(reason) }
        case .lock, .display, .set, nil:
            if let reason = permission.bar(.charging, wears: wears) { throw .refused(reason) }
        }
    }

    /// Whether a sign of life may be written: not to a box that nobody may start and that was told nothing.
    var mayGiveToken: Bool { permission.bar(.charging) == nil || charge.told != nil }
}
