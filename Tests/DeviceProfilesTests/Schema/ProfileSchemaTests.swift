import Foundation
import Testing

@testable import DeviceProfiles

private func schema() throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(ProfileSchema.json().utf8)) as? [String: Any])
}

@Test func theSchemaIsDraft7AndTheSameEveryTime() throws {
    #expect(try schema()["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    #expect(ProfileSchema.json() == ProfileSchema.json())
}

@Test func theSchemaInTheLibraryIsCurrent() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let file = try String(contentsOf: root.appending(path: "Profiles/schema/profile-1.json"), encoding: .utf8)
    #expect(file == ProfileSchema.json(), "write it with: chargehost profile schema")
}

@Test func everyReferenceOfTheSchemaLeadsSomewhere() throws {
    let root = try schema()
    let definitions = try #require(root["definitions"] as? [String: Any])
    var references: Set<String> = []
    func walk(_ value: Any) {
        if let object = value as? [String: Any] {
            if let reference = object["$ref"] as? String { references.insert(reference) }
            object.values.forEach(walk)
        } else if let list = value as? [Any] {
            list.forEach(walk)
        }
    }
    walk(root)
    #expect(references.count > 40)
    for reference in references {
        #expect(definitions[String(reference.dropFirst("#/definitions/".count))] != nil, "\(reference)")
    }
}

@Test func everyKeyHasADescriptionAndRequiredKeysAreRequired() throws {
    let root = try schema()
    let definitions = try #require(root["definitions"] as? [String: Any])
    for section in SectionName.allCases {
        let rules = KeyTable.section(section)
        let object = section == .document ? root : definitions[section.rawValue] as? [String: Any] ?? [:]
        let properties = object["properties"] as? [String: [String: Any]] ?? [:]
        #expect(Set(properties.keys) == Set(rules.names), "\(section)")
        #expect(Set(rules.names).count == rules.names.count, "\(section) has a key twice")
        for (key, value) in properties {
            #expect((value["description"] as? String)?.isEmpty == false, "\(section) \(key)")
        }
        #expect(object["required"] as? [String] ?? [] == rules.keys.filter(\.isRequired).map(\.name))
        #expect(object["additionalProperties"] as? Bool == false)
    }
}

@Test func sectionsOfVariantsMayLeaveKeysOut() throws {
    let definitions = try #require(try schema()["definitions"] as? [String: Any])
    let write = try #require(definitions["patch_write"] as? [String: Any])
    #expect(write["required"] == nil)
    #expect((definitions["write"] as? [String: Any])?["required"] as? [String] == ["fc", "persist"])
}
