import Licensing
import Testing

@testable import ProfileTrust

@Suite struct ProfileIndexTests {
    private static let index = ProfileIndex(
        serial: 17, issued: Signer.today,
        entries: [
            IndexEntry(
                id: "keba.p30", version: "0.1.0", hash: Signer.hash("a"), file: "wallbox/keba.p30.yaml",
                trust: [.reading: .tried, .limit: .recorded, .phases: .tested, .wakeUp: .draft],
                evidence: ["limit: firmware 3.10.42, read back on the device", "reading: 3.10.16"]),
            IndexEntry(
                id: "keba.p30", version: "0.0.9", hash: Signer.hash("b"), withdrawn: "it wears the flash"),
        ])

    private static func read(_ text: String, keys: [MinisignKey] = Signer.keys, after seen: Int? = nil)
        throws(IndexRefusal) -> ProfileIndex
    {
        let signature = MinisignSignature.text(of: Array(text.utf8), signedBy: Signer.key, comment: "index")
        return try ProfileIndex.read(Array(text.utf8), signature: signature, keys: keys, after: seen)
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        #expect(try Self.read(Self.index.text) == Self.index)
        #expect(try Self.read("# ours\n\n" + Self.index.text) == Self.index)
    }

    @Test func anyChangedByteIsRefusedWithItsOwnMessage() {
        let bytes = Array(Self.index.text.utf8)
        let signature = MinisignSignature.text(of: bytes, signedBy: Signer.key, comment: "index")
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: IndexRefusal.signature(.edited)) {
                try ProfileIndex.read(changed, signature: signature, keys: Signer.keys)
            }
            #expect(throws: IndexRefusal.signature(.edited)) {
                try ProfileIndex.read(Array(bytes[..<place]), signature: signature, keys: Signer.keys)
            }
        }
        #expect(IndexRefusal.signature(.edited).description.contains("changed after it was signed"))
    }

    @Test func anotherKeyOrAnOlderSerialIsRefused() {
        let other = MinisignKey(Signer.key(2).publicKey)
        #expect(throws: IndexRefusal.signature(.unknownKey(Signer.keys[0].name))) {
            try Self.read(Self.index.text, keys: [other])
        }
        #expect(throws: IndexRefusal.rolledBack(serial: 17, seen: 18)) {
            try Self.read(Self.index.text, after: 18)
        }
        #expect(throws: Never.self) { try Self.read(Self.index.text, after: 17) }
    }

    @Test(arguments: [
        ("serial 1\nissued 2026-11-21\n", 1), ("schema chargehost-index/1\nissued 2026-11-21\n", 1),
        ("schema chargehost-index/1\nserial 0\nissued 2026-11-21\n", 1),
        ("schema chargehost-index/1\nserial 1\nissued 2026-13-21\n", 1), ("serial 1\nserial 2\n", 2),
        ("  file a.yaml\n", 1), ("profile a.b 1.0 \(Signer.hash("a"))\n", 1),
        ("profile a.b 1.0.0 \(Signer.hash("A"))\n", 1), ("profile a.b 1.0.0 abc\n", 1),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\n  file ../x\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\n  file /x\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\n  trust limit=6\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\n  trust flying=1\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\n  trust limit=1 limit=2\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\n  withdrawn\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\n  color red\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\nprofile a.b 1.0.0 \(Signer.hash("b"))\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\nprofile a.c 1.0.0 \(Signer.hash("a"))\n", 2),
        ("profile a.b 1.0.0 \(Signer.hash("a"))\nserial 2\n", 2),
    ])
    func whatIsNotUnderstoodIsRefusedWithItsLine(_ text: String, _ line: Int) {
        do throws(IndexRefusal) {
            _ = try Self.read(text)
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
            try Self.read("schema chargehost-index/2\nserial 1\n")
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
