import Foundation

/// The text of a licence: what is granted, and the vendor's signature of it.
///
/// ```json
/// {
///   "licence": {
///     "schema": "chargehost-licence/1",
///     "id": "2026-0017",
///     "licensee": "Garage Nord",
///     "charge_points": 12,
///     "host": "…64 hexadecimal digits…",
///     "issued": "2026-11-21",
///     "ends": "2027-11-21"
///   },
///   "signature": "…128 hexadecimal digits…"
/// }
/// ```
///
/// `host` and `ends` may be missing. There is one way to write a licence: a file that differs from it in a single byte,
/// be it a space, is refused.
public enum LicenceFile {
    /// The first word of every licence.
    public static let schema = "chargehost-licence/1"
    /// A file larger than this is none.
    public static let largest = 16_384

    /// Writes and signs a licence.
    public static func text(_ licence: Licence, signedBy key: SigningKey) -> String {
        let granted = granted(licence)
        return whole(granted, Hexadecimal.text(key.signature(of: Array(granted.utf8))))
    }

    /// Reads a licence and checks whose word it is.
    ///
    /// Throws ``LicenceRefusal``.
    public static func read(_ bytes: [UInt8], keys: VendorKeys) throws(LicenceRefusal) -> Licence {
        guard bytes.count <= largest else { throw .malformed("it has \(bytes.count) bytes") }
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch {
            throw .malformed(bytes.isEmpty ? "it is empty" : "it is cut off or no licence at all")
        }
        guard document.licence.schema == schema else { throw .unknownSchema(document.licence.schema) }
        let licence = try document.licence.granted()
        let granted = granted(licence)
        guard Array(whole(granted, document.signature).utf8) == bytes else { throw .edited }
        guard let signature = Hexadecimal.bytes(document.signature), signature.count == Ed25519.signatureBytes else {
            throw .malformed("its signature is none")
        }
        guard keys.signer(of: Array(granted.utf8), signature) != nil else { throw .notSigned }
        return licence
    }

    private static func granted(_ licence: Licence) -> String {
        var lines = [
            ("schema", quoted(schema)), ("id", quoted(licence.id)), ("licensee", quoted(licence.licensee)),
            ("charge_points", "\(licence.chargePoints)"),
        ]
        if let host = licence.host { lines.append(("host", quoted(host.description))) }
        lines.append(("issued", quoted(licence.issued.description)))
        if let ends = licence.ends { lines.append(("ends", quoted(ends.description))) }
        return "{\n" + lines.map { "    \"\($0.0)\": \($0.1)" }.joined(separator: ",\n") + "\n  }"
    }

    private static func whole(_ granted: String, _ signature: String) -> String {
        "{\n  \"licence\": \(granted),\n  \"signature\": \(quoted(signature))\n}\n"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private struct Document: Decodable {
        let licence: Words
        let signature: String
    }

    private struct Words: Decodable {
        let schema: String
        let id: String
        let licensee: String
        let charge_points: Int
        let host: String?
        let issued: String
        let ends: String?

        func granted() throws(LicenceRefusal) -> Licence {
            guard Licence.chargePointRange.contains(charge_points) else {
                throw .malformed("\(charge_points) charge points cannot be")
            }
            guard let issued = Day(self.issued) else { throw .malformed("'\(self.issued)' is no day") }
            var licence = Licence(id: id, licensee: licensee, chargePoints: charge_points, issued: issued)
            if let host {
                guard let key = PublicKey(host) else { throw .malformed("'\(host)' is no host identity") }
                licence.host = key
            }
            if let ends {
                guard let day = Day(ends) else { throw .malformed("'\(ends)' is no day") }
                licence.ends = day
            }
            return licence
        }
    }
}
