import Foundation
import Licensing
import Testing
import VendorKit

@testable import ProfileTrust

@Suite struct MinisignTests {
    private let vendor: TestVendor
    private var signers: [MinisignKey] { [MinisignKey(vendor.key.publicKey)] }

    init() throws { vendor = try TestVendor() }

    /// Made by minisign 0.11: `minisign -G -W`, `-S -l -t "old form"`, `-S -t "new form"`.
    static let file = Array("schema chargehost-index/1\nserial 1\nissued 2026-11-21\n".utf8)
    static let key = """
        untrusted comment: minisign public key D30C744F3BB82BE1
        RWThK7g7T3QM09ySzM6gPYvKOGrVLJTqpHsxt0c/eqiOI4OdoiFNcpRY
        """
    static let old = """
        untrusted comment: signature from minisign secret key
        RWThK7g7T3QM05bsSCQ2O0EgpxmvnHiroHoR3vs3zucUJqRpZgTeyUUSwD17WeV8b35osLdUg2GmZrtDJqTruydukpp9PQ7Sjw4=
        trusted comment: old form
        /bIpdjrORIQ9h0/G92WqBDJfiWo9U577z/yiV58O2R+8chcVXHsq8Gi3lgfNbT3HTzCEr9BXFMPSYfBF4Qd6Cw==
        """
    static let new = """
        untrusted comment: signature from minisign secret key
        RUThK7g7T3QM0+XrH0vHGGpe5Ipia7sKckO83jcMKIMWsf+lJ+dPaVpJkdLqn8vynUCO2QSwZakPJlc1/E5Y2mlA46vj2cs/5g0=
        trusted comment: new form
        tWHFmwEmaRPfQB/XZLeF94WXU8n65goZhKqFSPFCq+ofksJ0ntuSJTJPfLBWU0KtdxvYk6qbou4sW923Kfy2Cg==
        """
    static let otherKey = """
        untrusted comment: minisign public key 3F83ED0549EEF3DA
        RWTa8+5JBe2DP9pRaj78Iput+FlDZUrs00DCKE/++F1gwrord1kWEfwZ
        """

    private func refusal(_ text: String, _ file: [UInt8] = file, keys: [String] = [key]) -> SignatureRefusal? {
        do throws(SignatureRefusal) {
            try MinisignSignature(text: text).check(file, keys: keys.compactMap { MinisignKey(text: $0) })
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [(old, false, "old form"), (new, true, "new form")])
    func bothFormsOfTheToolCount(_ text: String, _ isPrehashed: Bool, _ comment: String) throws {
        let signature = try MinisignSignature(text: text)
        #expect(signature.isPrehashed == isPrehashed)
        #expect(signature.trustedComment == comment)
        let key = try #require(MinisignKey(text: Self.key))
        #expect(try signature.check(Self.file, keys: [key]) == key)
        #expect(refusal(text.replacing("\n", with: "\r\n")) == nil)
    }

    @Test(arguments: [old, new])
    func anyOtherFileKeyOrCommentIsRefused(_ text: String) throws {
        for place in Self.file.indices {
            var changed = Self.file
            changed[place] ^= 1
            #expect(refusal(text, changed) == .edited)
        }
        #expect(refusal(text, Self.file + [0x0A]) == .edited)
        let comment = try MinisignSignature(text: text).trustedComment
        #expect(refusal(text.replacing(comment, with: "newer form")) == .commentEdited)
        let number = try #require(MinisignKey(text: Self.key)).name
        #expect(refusal(text, keys: [Self.otherKey]) == .unknownKey(number))
        #expect(refusal(text, keys: []) == .unknownKey(number))
        // Another key that claims the same number.
        let bytes = try #require(Data(base64Encoded: Self.key.components(separatedBy: "\n")[1]))
        let other = try #require(Data(base64Encoded: Self.otherKey.components(separatedBy: "\n")[1]))
        #expect(refusal(text, keys: [(bytes.prefix(10) + other.dropFirst(10)).base64EncodedString()]) == .edited)
    }

    @Test func everyByteOfASignatureCounts() throws {
        for text in [Self.old, Self.new] {
            let from = try #require(text.firstIndex(of: "\n"))
            let bytes = Array(text.utf8)
            for place in text.utf8.distance(from: text.startIndex, to: from)..<bytes.count {
                var changed = bytes
                changed[place] ^= 1
                #expect(refusal(String(decoding: changed, as: UTF8.self)) != nil, "byte \(place)")
            }
        }
    }

    @Test(arguments: [
        "", "untrusted comment: x\n", "a\nb\nc\nd\n", old + "more\n", String(repeating: "x", count: 5000),
    ])
    func whatIsNoSignatureIsRefused(_ text: String) {
        guard case .malformed = refusal(text) else {
            Issue.record("\(String(describing: refusal(text)))")
            return
        }
    }

    @Test func keysAreReadAsTheToolWritesThem() throws {
        let key = try #require(MinisignKey(text: Self.key))
        #expect(Self.key.contains(key.name))
        #expect(MinisignKey(text: key.text) == key)
        #expect(MinisignKey(text: String(Self.key.split(separator: "\n")[1])) == key)
        for text in ["", "Ed", "untrusted comment: x\n", Self.old, Self.key + Self.otherKey] {
            #expect(MinisignKey(text: text) == nil)
        }
    }

    /// The other direction, where the tool is installed.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/minisign")))
    func theToolBelievesOurSignatures() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("m-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = MinisignSignature.text(of: Self.file, signedBy: vendor.key, comment: "serial 1")
        #expect(try MinisignSignature(text: text).check(Self.file, keys: signers) == signers[0])
        try Data(Self.file).write(to: folder.appendingPathComponent("index"))
        try Data(text.utf8).write(to: folder.appendingPathComponent("index.minisig"))
        try Data(signers[0].text.utf8).write(to: folder.appendingPathComponent("key.pub"))
        func verify() throws -> Int32 {
            let tool = Process()
            tool.executableURL = URL(fileURLWithPath: "/usr/bin/minisign")
            tool.arguments = ["-Vq", "-p", "key.pub", "-m", "index"]
            tool.currentDirectoryURL = folder
            tool.standardError = FileHandle.nullDevice
            try tool.run()
            tool.waitUntilExit()
            return tool.terminationStatus
        }
        #expect(try verify() == 0)
        try Data(Self.file + [0x20]).write(to: folder.appendingPathComponent("index"))
        #expect(try verify() != 0)
    }
}
