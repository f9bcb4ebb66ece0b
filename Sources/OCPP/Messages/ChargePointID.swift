/// The name of a charge point in a URL and in a hello.
///
/// That of a slave of ours, or of a controller that is one half of a station, ends in `#` and the number of the connector
/// that it stands for: `SITE#002`, `SITE#5`.
public struct ChargePointID: Hashable, Sendable, CustomStringConvertible {
    /// The whole id.
    public let description: String

    /// An id of 1 to 48 visible ASCII characters without `/`, `?` and `:`; nil if it is none.
    ///
    /// A colon would end the user name of HTTP basic authentication (RFC 7617), a slash the last part of the path.
    public init?(_ text: String) {
        let isVisible = text.utf8.allSatisfy { (0x21...0x7e).contains($0) && !Array("/?:".utf8).contains($0) }
        guard (1...48).contains(text.utf8.count), isVisible else { return nil }
        description = text
    }

    /// The id that the last part of a URL's path names, percent-encoded or not; nil if it is none.
    public init?(pathComponent text: String) {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(text)
    }

    /// The id as the last part of a URL's path; what is not unreserved (RFC 3986, 2.3) is encoded, `#` as `%23`.
    public var pathComponent: String {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        let encoded = description.utf8.flatMap { byte in
            unreserved.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The connector that the id stands for; nil for one without `#`, the id of a box with connectors of its own.
    ///
    /// - Parameter taken: connectors that other slaves stand for.
    public func connector(taken: Set<Int> = []) throws(SuffixProblem) -> Int? {
        guard let mark = description.lastIndex(of: "#") else { return nil }
        let suffix = description[description.index(after: mark)...]
        guard suffix.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(suffix), number <= 9999 else {
            throw .notANumber(id: description)
        }
        guard number >= 2 else { throw .ofTheMaster(id: description, connector: number) }
        guard !taken.contains(number) else { throw .taken(id: description, connector: number) }
        return number
    }
}

/// Why a slave's id stands for no connector.
public enum SuffixProblem: Error, Hashable, Sendable {
    case notANumber(id: String)
    /// 0 is the site, 1 the master's own box.
    case ofTheMaster(id: String, connector: Int)
    case taken(id: String, connector: Int)
}

extension SuffixProblem: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .notANumber(let id):
            "\(id): after # there must be the number of a connector, 2 to 9999; set it in the slave's ChargePointID"
        case .ofTheMaster(let id, let connector):
            "\(id): connector \(connector) is \(connector == 0 ? "the whole site" : "the master's own box"); "
                + "give the slave a number from 2 on"
        case .taken(let id, let connector):
            "\(id): another slave is connector \(connector) already; give one of them another number"
        }
    }
}
