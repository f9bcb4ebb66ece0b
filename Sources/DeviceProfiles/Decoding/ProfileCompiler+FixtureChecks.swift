import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    func checkExtension(_ node: Node, _ own: [String: Fixture], _ subject: String) {
        guard let place = node[text: "extends"], let parent = place.text, own[parent] == nil else { return }
        let hint = closest(to: parent, among: Array(own.keys)).map { ", did you mean \"\($0)\"?" } ?? ""
        report(.fixture, at: place.mark, "there is no fixture \"\(parent.shown)\"\(hint)", subject)
    }

    /// No fixture leads back to itself, and recordings show the points of this profile.
    func checkFixtures(_ profile: DeviceProfile) {
        let full = profile.fixtures
        for (key, node) in root[text: "fixtures"]?.mapping ?? [] {
            guard let name = key.text, full[name] == nil, node.mapping != nil else { continue }
            report(
                .fixture, at: node.place(of: "extends"), "the fixture extends itself, or more than 8 others",
                "fixture \(name)")
        }
        for (key, node) in root[text: "fixtures"]?.mapping ?? [] {
            if let fixture = full[key.text ?? ""] { checkAge(fixture, node, profile) }
        }
    }

    /// A recording whose `tool` names this profile with another major version shows other points (P080).
    func checkAge(_ fixture: Fixture, _ node: Node, _ profile: DeviceProfile) {
        guard case .recorded(_, _, _, let tool) = fixture.origin, let place = node[text: "origin"]?[text: "recorded"],
            let name = tool.firstRange(of: profile.id + " ")
        else { return }
        let text = tool[name.upperBound...].prefix { $0 != " " }
        guard let version = TextShape.parts(String(text)), let major = version.first, let now = profile.version.first,
            major < now
        else { return }
        report(
            .version, at: place.place(of: "tool"),
            "recorded with version \(text) of this profile: record it again with \(profile.versionText)")
    }

    /// Points are given as a whole or not at all; recordings show nothing personal (P051).
    func checkValues(_ fixture: Fixture, _ key: Node, _ subject: String) {
        for point in points {
            guard let place = point.place, let words = fixture.words[place.table] else { continue }
            let given = place.range.filter { words[$0] != nil }
            if !given.isEmpty, given.count < place.words {
                let missing = place.range.first { words[$0] == nil } ?? place.address
                report(
                    .fixture, at: key.mark,
                    "\(point.name) is given in part: \(place.table.rawValue) "
                        + "\(modbus.printed(missing, table: place.table)) is missing", subject)
            }
            guard point.personal || point.secret, case .recorded = fixture.origin, !given.isEmpty else { continue }
            if !Self.isMasked(given.compactMap { words[$0] }) {
                report(.fixture, at: key.mark, "\(point.name) is personal: mask it with zeros in a recording", subject)
            }
        }
    }

    /// Masked words are all 0, or repeat one character as `XXXX` does.
    private static func isMasked(_ words: [UInt16]) -> Bool {
        let bytes = words.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }.filter { $0 != 0 }
        return Set(bytes).count <= 1
    }
}
