import OCPP
import Storage

/// A password that one side of an OCPP connection shows the other.
public struct OCPPSecret: Hashable, Sendable {
    /// Whose it is.
    public enum Owner: Hashable, Sendable {
        /// What this site logs in at its backend with, or a slave at its master: the key AuthorizationKey.
        case backend
        /// What a slave logs in here with: its ChargePointID, and the box it is in the site file.
        case slave(String, box: String)
    }

    /// Whose it is.
    public let owner: Owner
    /// The password; nil removes it.
    public let text: String?

    /// The bytes that the other side must show: those that hexadecimal digits stand for, else the characters.
    var password: [UInt8]? { text.flatMap { AuthorizationKey($0)?.password } }

    /// A secret whose text is checked: 16 to 40 visible characters, or 32 to 40 hexadecimal digits (OCPP 1.6 security
    /// whitepaper, AuthorizationKey). Line ends behind it do not count. Throws ``OCPPSecretError``.
    public init(_ owner: Owner, text: String?) throws(OCPPSecretError) {
        self.owner = owner
        guard var text else {
            self.text = nil
            return
        }
        while text.last?.isNewline ?? false { text.removeLast() }
        guard AuthorizationKey(text) != nil else { throw .unusable(length: text.count) }
        self.text = text
    }

    /// The slave with a ChargePointID, by the device of the site that connects as it. Throws ``OCPPSecretError``.
    public static func slave(_ id: String, of site: Site) throws(OCPPSecretError) -> Owner {
        for device in site.devices {
            guard let place = SlaveConnector(address: device.address), place.slave.description == id else { continue }
            return .slave(id, box: device.id)
        }
        throw .unknownSlave(id)
    }
}

/// Why a secret cannot be stored. The secret itself is never part of it.
public enum OCPPSecretError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no AuthorizationKey; how many characters it has.
    case unusable(length: Int)
    /// No device of the site connects with this ChargePointID.
    case unknownSlave(String)
    /// It cannot be stored.
    case storage(StorageError)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .unusable(let length):
            "a key has 16 to 40 visible ASCII characters, or 32 to 40 hexadecimal digits; this one has \(length) characters"
        case .unknownSlave(let id):
            "no device of the site connects as \(id); write one into the site file first, with address: "
                + (ChargePointID(id).map { SlaveConnector(slave: $0, connector: 1).address } ?? "ocpp://ID")
        case .storage(let error): "\(error)"
        }
    }
}
