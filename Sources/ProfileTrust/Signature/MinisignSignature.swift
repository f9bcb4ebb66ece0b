import Foundation
import Licensing

/// A signature in the form of minisign: what was signed, and a comment that is signed with it.
///
/// Four lines: a comment that nobody vouches for; Base64 of two letters, the key's number and the Ed25519 signature; the
/// trusted comment; Base64 of the Ed25519 signature of signature and trusted comment. The letters are `Ed` where the file
/// itself was signed, `ED` where its BLAKE2b digest of 64 bytes was.
public struct MinisignSignature: Hashable, Sendable {
    /// The number of the key it was made with.
    public let number: [UInt8]
    /// Whether the digest of the file was signed, and not the file.
    public let isPrehashed: Bool
    /// The comment that was signed with it; nobody's word until ``check(_:keys:)`` has passed.
    public let trustedComment: String
    let signature: [UInt8]
    let global: [UInt8]

    /// A file larger than this is none.
    public static let largest = 4096

    /// Reads the text of a `.minisig`. Throws ``SignatureRefusal/malformed(_:)``.
    public init(text: String) throws(SignatureRefusal) {
        guard text.utf8.count <= MinisignSignature.largest else { throw .malformed("it is too large") }
        var lines = Bytes.lines(text).map { $0.utf8.last == UInt8(ascii: "\r") ? String($0.dropLast()) : $0 }
        while lines.last == "" { lines.removeLast() }
        let mark = "trusted comment: "
        guard lines.count == 4, lines[0].hasPrefix("untrusted comment: "), lines[2].hasPrefix(mark) else {
            throw .malformed(lines.isEmpty ? "it is empty" : "it has not the four lines of a .minisig")
        }
        guard let bytes = Bytes.fromBase64(lines[1]), bytes.count == 74 else {
            throw .malformed("its second line is no signature")
        }
        switch Array(bytes[..<2]) {
        case Array("Ed".utf8): isPrehashed = false
        case Array("ED".utf8): isPrehashed = true
        default: throw .malformed("its algorithm is none of Ed and ED")
        }
        guard let last = Bytes.fromBase64(lines[3]), last.count == 64 else {
            throw .malformed("its fourth line is no signature")
        }
        number = Array(bytes[2..<10])
        signature = Array(bytes[10...])
        global = last
        trustedComment = String(lines[2].dropFirst(mark.count))
    }

    /// Finds the key that made it; `message` is the file.
    ///
    /// Throws ``SignatureRefusal`` where none of `keys` is of its number, the file is not as it was signed, or the trusted
    /// comment is not.
    @discardableResult
    public func check(_ message: [UInt8], keys: [MinisignKey]) throws(SignatureRefusal) -> MinisignKey {
        let named = keys.filter { $0.number == number }
        guard !named.isEmpty else { throw .unknownKey(MinisignKey.name(number)) }
        let signed = isPrehashed ? Blake2b.digest(message) : message
        guard let key = named.first(where: { $0.key.verifies(signature, of: signed) }) else { throw .edited }
        guard key.key.verifies(global, of: signature + Array(trustedComment.utf8)) else { throw .commentEdited }
        return key
    }

    /// The text of a `.minisig` of `message`, with its digest signed; `comment` must be one line.
    public static func text(of message: [UInt8], signedBy key: SigningKey, comment: String) -> String {
        let open = MinisignKey(key.publicKey)
        let signature = key.signature(of: Blake2b.digest(message))
        let global = key.signature(of: signature + Array(comment.utf8))
        let first = Data(Array("ED".utf8) + open.number + signature).base64EncodedString()
        return "untrusted comment: signature from chargehost key \(open.name)\n\(first)\n"
            + "trusted comment: \(comment)\n\(Data(global).base64EncodedString())\n"
    }
}
