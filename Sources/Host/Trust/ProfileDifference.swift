import DeviceProfiles

/// What is different between two versions of a profile, in words.
struct ProfileDifference {
    let lines: [String]

    init(_ old: DeviceProfile, _ new: DeviceProfile) {
        var lines: [String] = []
        if old.versionText != new.versionText { lines.append("version \(old.versionText) → \(new.versionText)") }
        let before = Dictionary(old.points.map { ($0.name, $0) }) { first, _ in first }
        let after = Dictionary(new.points.map { ($0.name, $0) }) { first, _ in first }
        for name in before.keys.sorted() where after[name] == nil { lines.append("point \(name) removed") }
        for name in after.keys.sorted() {
            guard let point = after[name] else { continue }
            guard let known = before[name] else {
                lines.append("point \(name) added")
                continue
            }
            if known.value.kind != point.value.kind { lines.append("point \(name): another unit or kind of value") }
            if known.place?.address != point.place?.address || known.place?.table != point.place?.table {
                lines.append("point \(name): another place")
            } else if known.value != point.value {
                lines.append("point \(name): another scale or meaning")
            }
            if (known.write == nil) != (point.write == nil) {
                lines.append("point \(name): \(point.write == nil ? "not written any more" : "written")")
            }
        }
        if old.control != new.control { lines.append("control changed") }
        if old.keepAlive != new.keepAlive { lines.append("keepalive changed") }
        if old.initWrites != new.initWrites { lines.append("init changed") }
        if old.link != new.link { lines.append("link changed") }
        self.lines = lines
    }
}
