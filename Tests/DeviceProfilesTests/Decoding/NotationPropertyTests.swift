import DeviceProfiles
import TestTools
import Testing
import YAML

private let paths = SampleProfile.libraryPaths

private func tree(_ path: String) throws -> Node {
    try #require(YAMLReader.read(try SampleProfile.library(path)).root)
}

@Test(arguments: paths) func indentationAndBracketsDoNotChangeAProfile(path: String) throws {
    let original = meaning(of: try SampleProfile.document(SampleProfile.library(path)).profile, isOrdered: true)
    let root = try tree(path)
    for indentation in [1, 4, 7] {
        for depth in [1, 2, 4, Int.max] {
            var writer = YAMLWriter(indentation: indentation, flowDepth: depth, commentsAndBlankLines: depth == 2)
            let text = writer.text(of: root)
            #expect(meaning(of: try SampleProfile.document(text).profile, isOrdered: true) == original)
        }
    }
}

@Test(arguments: paths) func quotesDoNotChangeAProfile(path: String) throws {
    let original = meaning(of: try SampleProfile.document(SampleProfile.library(path)).profile, isOrdered: true)
    for quotes in YAMLWriter.Quotes.allCases {
        var writer = YAMLWriter(quotes: quotes)
        let text = writer.text(of: try tree(path))
        #expect(meaning(of: try SampleProfile.document(text).profile, isOrdered: true) == original)
    }
}

@Test(arguments: paths) func theOrderOfKeysDoesNotChangeAProfile(path: String) throws {
    let original = meaning(of: try SampleProfile.document(SampleProfile.library(path)).profile, isOrdered: false)
    for seed in 1...12 as ClosedRange<UInt64> {
        var writer = YAMLWriter(flowDepth: 3, shuffle: SeededGenerator(seed: seed))
        let text = writer.text(of: try tree(path))
        #expect(meaning(of: try SampleProfile.document(text).profile, isOrdered: false) == original)
    }
}

@Test func anotherAddressChangesTheMeaning() throws {
    let text = try SampleProfile.library("wallbox/keba.p30")
    let other = text.replacing("at: 1036", with: "at: 1038")
    let a = try SampleProfile.document(text).profile
    let b = try SampleProfile.document(other.replacing("1036: {u32", with: "1038: {u32")).profile
    #expect(meaning(of: a, isOrdered: false) != meaning(of: b, isOrdered: false))
}
