import DriverAPI
import YAML

extension ProfileDocument {
    /// What the version does not tell about the changes since `older`, an earlier version of the same profile (P080).
    ///
    /// Points may only go, and units and kinds of values only change, with a new major version; any change needs a
    /// higher version at all. Empty for another profile id.
    public func versionDiagnostics(since older: ProfileDocument) -> [Diagnostic] {
        guard older.profile.id == profile.id else { return [] }
        let list = DiagnosticList(file: file)
        let place = root.place(of: "version")
        let (new, old) = (profile.version, older.profile.version)
        if !VersionText.isLess(old, new), !root.sameMeaning(as: older.root) {
            list.add(
                .version, at: place,
                "the profile changed, but its version \(profile.versionText) is not above "
                    + older.profile.versionText)
        }
        guard new.first == old.first else { return list.sorted }
        for point in older.profile.points {
            guard let now = profile.point(point.name) else {
                list.add(.version, at: place, "point \(point.name) was removed: that needs a new major version")
                continue
            }
            if Self.unitOrKind(now.value.kind) != Self.unitOrKind(point.value.kind) {
                list.add(
                    .version, at: now.mark,
                    "\(ExpressionType(point.value.kind)) became \(ExpressionType(now.value.kind)): that needs a new "
                        + "major version", subject: "point \(point.name)")
            }
        }
        return list.sorted
    }

    /// Members and flags may be added; everything else of a kind must stay.
    private static func unitOrKind(_ kind: ValueRule.Kind) -> ValueRule.Kind {
        switch kind {
        case .member: .member([])
        case .flags: .flags([:])
        default: kind
        }
    }
}
