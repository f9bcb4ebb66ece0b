import DeviceProfiles
import TestTools
import Testing

/// 2,000 broken files: whatever stands in them, loading ends, and every finding points into the file.
@Test(arguments: 0..<8) func randomMutationsAreReportedAndNeverCrash(part: Int) throws {
    var generator = SeededGenerator(seed: 0xC0FFEE + UInt64(part))
    let library = try SampleProfile.libraryPaths.map(SampleProfile.library)
    let sources = library + Array(repeating: [SampleProfile.meter, SampleProfile.wallbox], count: 9).flatMap { $0 }
    for _ in 0..<250 {
        let source = sources[Int.random(in: 0..<sources.count, using: &generator)]
        let bytes =
            Bool.random(using: &generator)
            ? byteMutation(Array(source.utf8), &generator) : lineMutation(source, &generator)
        let load = ProfileDocument.load(bytes, file: "t.yaml")
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
        #expect(
            load.diagnostics.allSatisfy { (1...lines + 1).contains($0.line) && $0.column >= 1 && !$0.message.isEmpty })
        #expect(load.diagnostics == load.diagnostics.sorted())
        #expect((load.document == nil) == !load.errors.isEmpty)
    }
}

private func byteMutation(_ source: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = source
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[at] = UInt8.random(in: 32...126, using: &generator)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(Array("{}[]:,-~'\"#0 \n".utf8).randomElement(using: &generator) ?? 0, at: at)
        default: bytes[at] = UInt8.random(in: .min ... .max, using: &generator)
        }
    }
    return bytes
}

private func lineMutation(_ source: String, _ generator: inout SeededGenerator) -> [UInt8] {
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let at = Int.random(in: 0..<lines.count, using: &generator)
        let other = Int.random(in: 0..<lines.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: lines.remove(at: at)
        case 1: lines.insert(lines[other], at: at)
        case 2: lines.swapAt(at, other)
        case 3: lines[at] = "  " + lines[at]
        default:
            let words = lines[at].split(separator: " ")
            if let word = words.randomElement(using: &generator),
                let new = lines[other].split(separator: " ").randomElement(using: &generator)
            {
                lines[at] = lines[at].replacing(word, with: new, maxReplacements: 1)
            }
        }
    }
    return Array(lines.joined(separator: "\n").utf8)
}
