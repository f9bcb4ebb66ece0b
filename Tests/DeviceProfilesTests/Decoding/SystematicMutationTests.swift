import DeviceProfiles
import Testing
import YAML

@testable import DeviceProfiles

/// One value of a profile with the form that the table of keys asks of it.
private struct Spot {
    let key: Node
    let value: Node
    let form: KeyForm
}

/// Walks a tree along the table of keys.
private struct SpotFinder {
    var keys: [Node] = []
    var values: [Spot] = []

    mutating func walk(_ node: Node, _ name: SectionName) {
        let section = KeyTable.section(name)
        for (key, value) in node.mapping ?? [] {
            guard let rule = section.rule(key.text ?? "") else { continue }
            if section.others == nil { keys.append(key) }
            walk(value, rule.form, key)
        }
    }

    private mutating func walk(_ node: Node, _ form: KeyForm, _ key: Node) {
        switch form {
        case .section(let name): walk(node, name)
        case .list(let item): for node in node.sequence ?? [] { walk(node, item, key) }
        case .map(_, let item): for (key, value) in node.mapping ?? [] { walk(value, item, key) }
        case .either(let forms):
            if let fitting = forms.first(where: { $0.fits(node) }) { walk(node, fitting, key) }
        default: if node.scalar?.style == .plain { values.append(Spot(key: key, value: node, form: form)) }
        }
    }
}

private func spots(_ text: String) throws -> SpotFinder {
    var finder = SpotFinder()
    finder.walk(try #require(YAMLReader.read(text).root), .document)
    return finder
}

/// Replaces `length` characters at a place of the text.
private func replacing(_ text: String, at mark: Mark, length: Int, with new: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var scalars = Array(lines[mark.line - 1].unicodeScalars)
    scalars.replaceSubrange(mark.column - 1..<mark.column - 1 + length, with: new.unicodeScalars)
    lines[mark.line - 1] = String(String.UnicodeScalarView(scalars))
    return lines.joined(separator: "\n")
}

private func places(_ text: String, _ codes: String...) -> [String] {
    let load = ProfileDocument.load(Array(text.utf8), file: "t.yaml")
    #expect(load.document == nil)
    return load.errors.filter { codes.contains($0.code) }.map { "\($0.line):\($0.column)" }
}

private let paths = SampleProfile.libraryPaths

@Test(arguments: paths) func everyMisspeltKeyIsFoundAtItsPlace(path: String) throws {
    let text = try SampleProfile.library(path)
    let keys = try spots(text).keys
    #expect(keys.count > 100)
    for key in keys.enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
        let name = try #require(key.text)
        let found = places(replacing(text, at: key.mark, length: name.count, with: name + "q"), "P002")
        #expect(found == ["\(key.mark)"], "\(name)")
    }
}

@Test(arguments: paths) func everyDoubledKeyIsFoundAtItsPlace(path: String) throws {
    let text = try SampleProfile.library(path)
    let doubles = try spots(text).values.filter { $0.value.mark.line == $0.key.mark.line }
    for spot in doubles.enumerated().filter({ $0.offset % 12 == 0 }).map(\.element) {
        guard let name = spot.key.text, let value = spot.value.text, spot.value.mark.column > spot.key.mark.column
        else { continue }
        let line = text.split(separator: "\n", omittingEmptySubsequences: false)[spot.key.mark.line - 1]
        guard line.contains("{"), line.contains("\(name): \(value)") else { continue }
        let once = "\(name): \(value)"
        let twice = replacing(text, at: spot.key.mark, length: name.count, with: "\(once), \(name)")
        #expect(places(twice, "P001") == ["\(spot.key.mark.line):\(spot.key.mark.column + once.count + 2)"], "\(once)")
    }
}

@Test(arguments: paths) func everyValueOfTheWrongKindIsFoundAtItsPlace(path: String) throws {
    let text = try SampleProfile.library(path)
    for spot in try spots(text).values.enumerated().filter({ $0.offset % 6 == 0 }).map(\.element) {
        switch spot.form {
        case .text, .localized, .literal, .expression, .shaped: continue
        default: break
        }
        let length = try #require(spot.value.text?.count)
        let broken = replacing(text, at: spot.value.mark, length: length, with: "wrong kind")
        let found = places(broken, "P003", "P020", "P010", "P050")
        #expect(found.contains("\(spot.value.mark)"), "\(spot.key.text ?? ""): \(spot.value.text ?? "")")
    }
}

@Test(arguments: paths) func everyUnitOfAnotherDimensionIsFoundAtItsPlace(path: String) throws {
    let text = try SampleProfile.library(path)
    for spot in try spots(text).values {
        guard case .unit = spot.form, let unit = spot.value.text else { continue }
        let line = text.split(separator: "\n", omittingEmptySubsequences: false)[spot.value.mark.line - 1]
        if line.contains(" x_") { continue }
        let other = unit == "Hz" ? "kW" : "mHz"
        let found = places(replacing(text, at: spot.value.mark, length: unit.count, with: other), "P020")
        #expect(found.contains("\(spot.value.mark)"), "\(unit)")
    }
}

@Test(arguments: paths) func everyAddressOutOfRangeIsFoundAtItsPlace(path: String) throws {
    let text = try SampleProfile.library(path)
    for spot in try spots(text).values {
        guard case .address = spot.form, let address = spot.value.text else { continue }
        let found = places(replacing(text, at: spot.value.mark, length: address.count, with: "70000"), "P010")
        #expect(found == ["\(spot.value.mark)"], "\(address)")
    }
}

@Test(arguments: paths) func everyRequiredSectionThatIsMissingIsReported(path: String) throws {
    let text = try SampleProfile.library(path)
    let root = try #require(YAMLReader.read(text).root)
    for rule in KeyTable.section(.document).keys where rule.isRequired {
        var writer = YAMLWriter(flowDepth: 3)
        let load = ProfileDocument.load(Array(writer.text(of: root.without(rule.name)).utf8), file: "t.yaml")
        #expect(load.document == nil)
        #expect(
            load.errors.contains { $0.line == 1 && $0.message.contains("\"\(rule.name)\" is missing") }, "\(rule.name)")
    }
}
