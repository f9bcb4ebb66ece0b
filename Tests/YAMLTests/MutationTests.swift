import TestTools
import Testing
import YAML

struct MutationTests {
    @Test func theUntouchedDocumentIsRight() {
        let (root, problems) = YAMLReader.read(profile)
        #expect(problems.isEmpty)
        #expect(root?["points"]?["state"]?["enum"]?["3..4"]?.text == "E")
        #expect(root?["products"]?.sequence?[1]["model"]?.text == "Power\u{A0}Brain 2")
    }

    @Test func noMutationOfADocumentLeavesANilRootWithoutAProblem() {
        var random = SeededGenerator(seed: 1)
        let source = Array(profile.utf8)
        let lines = profile.count { $0 == "\n" } + 1
        var refused = 0
        for round in 0..<2_000 {
            let bytes = mutated(source, &random)
            let (root, problems) = YAMLReader.read(bytes)
            let context = "round \(round): \(String(decoding: bytes, as: UTF8.self))"
            #expect(root != nil || !problems.isEmpty, "\(context)")
            #expect(problems == problems.sorted { $0.mark < $1.mark }, "\(context)")
            for problem in problems {
                let source = String(decoding: bytes, as: UTF8.self)
                #expect(!problem.excerpt(in: source).isEmpty, "\(context)")
                #expect((1...lines * 2 + 10).contains(problem.mark.line) && problem.mark.column >= 1, "\(context)")
                #expect(!problem.message.isEmpty)
            }
            if let root { #expect(root.sameMeaning(as: root), "\(context)") }
            refused += root == nil ? 1 : 0
        }
        #expect(refused > 200 && refused < 1_900, "the mutations are neither all harmless nor all fatal: \(refused)")
    }

    @Test func everyBeginningOfADocumentIsReadOrRefused() {
        let source = Array(profile.utf8)
        for length in source.indices {
            let (root, problems) = YAMLReader.read(Array(source[..<length]))
            #expect(root != nil || !problems.isEmpty, "first \(length) bytes")
        }
    }

    private func mutated(_ source: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        let special = Array("\t\n\r {}[]:,-#&*!|>'\"%@`?~<\\\u{FEFF}\0\u{85}é".utf8)
        var bytes = source
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[at] = special.randomElement(using: &random) ?? 0
            case 2: bytes.insert(special.randomElement(using: &random) ?? 0, at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
            default:
                let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
                let to = Int.random(in: bytes.indices, using: &random)
                bytes.insert(contentsOf: bytes[at..<end], at: to)
            }
            if bytes.isEmpty { return source }
        }
        return bytes
    }
}
