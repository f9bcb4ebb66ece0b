import Licensing
import Testing
import VendorKit

@testable import ProfileTrust

@Suite struct ProfileIndexTests {
    private let vendor: TestVendor
    private var signers: [MinisignKey] { [MinisignKey(vendor.key.publicKey)] }

    init() throws { vendor = try TestVendor() }

    private static let index = ProfileIndex(
        serial: 17, issued: TestVendor.today,
        entries: [
            IndexEntry(
                id: "keba.p30", version: "0.1.0", hash: Sample.hash("a"), file: "wallbox/keba.p30.yaml",
                trust: [.reading: .tried, .limit: .recorded, .phases: .tested, .wakeUp: .draft],
                evidence: ["limit: firmware 3.10.42, read back on the device", "reading: 3.10.16"]),
            IndexEntry(
                id: "keba.p30", version: "0.0.9", hash: Sample.hash("b"), withdrawn: "it wears the flash"),
        ])

    private func read(_ text: String, keys: [MinisignKey]? = nil, after seen: Int? = nil)
        throws(IndexRefusal) -> ProfileIndex
    {
        let signature = MinisignSignature.text(of: Array(text.utf8), signedBy: vendor.key, comment: "index")
        return try ProfileIndex.read(Array(text.utf8), signature: signature, keys: keys ?? signers, after: seen)
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        #expect(try read(Self.index.text) == Self.index)
        #expect(try read("# ours\n\n" + Self.index.text) == Self.index)
    }

    @Test func anyChangedByteIsRefusedWithItsOwnMessage() {
        let bytes = Array(Self.index.text.utf8)
        let signature = MinisignSignature.text(of: bytes, signedBy: vendor.key, comment: "index")
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: IndexRefusal.signature(.edited)) {
                try ProfileIndex.read(changed, signature: signature, keys: signers)
            }
            #expect(throws: IndexRefusal.signature(.edited)) {
                try ProfileIndex.read(Array(bytes[..<place]), signature: signature, keys: signers)
            }
        }
        #expect(IndexRefusal.signature(.edited).description.contains("changed after it was signed"))
    }

    @Test func anotherKeyOrAnOlderSerialIsRefused() throws {
        let other = MinisignKey(try TestVendor.key(2).publicKey)
        #expect(throws: IndexRefusal.signature(.unknownKey(signers[0].name))) {
            try read(Self.index.text, keys: [other])
        }
        #expect(throws: IndexRefusal.rolledBack(serial: 17, seen: 18)) {
            try read(Self.index.text, after: 18)
        }
        #expect(throws: Never.self) { try read(Self.index.text, after: 17) }
    }

    @Test(arguments: [
        ("serial 1\nissued 2026-11-21\n", 1), ("schema chargehost-index/1\nissued 2026-11-21\n", 1),
        ("schema chargehost-index/1\nserial 0\nissued 2026-11-21\n", 1),
        ("schema chargehost-index/1\nserial 1\nissued 2026-13-21\n", 1), ("serial 1\nserial 2\n", 2),
        ("  file a.yaml\n", 1), ("profile a.b 1.0 \(Sample.hash("a"))\n", 1),
        ("profile a.b 1.0.0 \(Sample.hash("A"))\n", 1), ("profile a.b 1.0.0 abc\n", 1),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\n  file ../x\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\n  file /x\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\n  trust limit=6\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\n  trust flying=1\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\n  trust limit=1 limit=2\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\n  withdrawn\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\n  color red\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\nprofile a.b 1.0.0 \(Sample.hash("b"))\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\nprofile a.c 1.0.0 \(Sample.hash("a"))\n", 2),
        ("profile a.b 1.0.0 \(Sample.hash("a"))\nserial 2\n", 2),
    ])
    func whatIsNotUnderstoodIsRefusedWithItsLine(_ text: String, _ line: Int) {
        do throws(IndexRefusal) {
            _ = try read(text)
            Issue.record("it was read")
        } catch {
            guard case .malformed(line, _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func aNewerKindAsksForANewerProgram() {
        #expect(throws: IndexRefusal.unknownSchema("chargehost-index/2")) {
            try read("schema chargehost-index/2\nserial 1\n")
        }
    }

    @Test func versionsAreOrderedAsNumbers() {
        #expect(SemanticOrder.isBefore("0.9.0", "0.10.0"))
        #expect(!SemanticOrder.isBefore("1.0.0", "1.0.0"))
        #expect(SemanticOrder.isBefore("draft", "0.0.0"))
        #expect(SemanticOrder.step(from: "1.2.3", to: "2.0.0") == .major)
        #expect(SemanticOrder.step(from: "1.2.3", to: "1.3.0") == .minor)
        #expect(SemanticOrder.step(from: "1.2.3", to: "1.2.4") == .patch)
        #expect(SemanticOrder.step(from: "1.2.3", to: "1.2.3") == .none)
        for text in ["1.0", "1.0.x", "1.0.0-a", "", "1..0", "+1.0.0"] { #expect(SemanticOrder.numbers(text) == nil) }
        #expect(Self.index.newest(of: "keba.p30")?.version == "0.1.0")
        #expect(Self.index.versions(of: "keba.p30").map(\.version) == ["0.1.0", "0.0.9"])
    }
}
