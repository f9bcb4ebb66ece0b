import Foundation
import Network
import OCPP
import Storage

/// The certificates that the backend has installed, and this host's own, in the data folder.
///
/// Every file is written beside its place, brought to the disk and renamed, and only its owner may read it.
struct CertificateFolder: Sendable {
    /// Why a file cannot be written.
    struct Fault: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    let path: String

    /// The folder of a data folder.
    init(data: String) { path = data + "/certificates" }

    /// The folder beside a database.
    init(_ storage: SiteStorage) {
        self.init(data: (storage.database.path as NSString).deletingLastPathComponent)
    }

    /// The roots that were installed for a use, in PEM, in the order of their names.
    func roots(_ use: CertificateUse) -> [[UInt8]] { files(use).compactMap { read($0) } }

    /// How many there are of all uses.
    var count: Int { CertificateUse.allCases.reduce(0) { $0 + files($1).count } }

    /// What this host shows, with its key; nil before it was certified.
    var identity: TLSIdentity? {
        guard let pair = read(path + "/identity.pem") else { return nil }
        // One file has both, so that they can only be replaced together.
        return TLSIdentity(certificates: pair, key: pair)
    }

    /// The key that a certificate was asked for and has not come for yet.
    var pendingKey: [UInt8]? { read(path + "/pending.key") }

    /// Keeps a root.
    func install(_ root: Certificate, _ pem: [UInt8], for use: CertificateUse) throws(Fault) {
        try write(pem, to: "\(use.rawValue)-\(root.keyHash(.sha256).prefix(40))-\(root.serialNumber.prefix(20)).pem")
    }

    /// The roots with their hashes.
    func hashes(_ use: CertificateUse, _ hash: Certificate.Hash = .sha256) -> [CertificateHashData] {
        roots(use).compactMap { Certificate.all(in: $0).first }.map { Self.hashes($0, hash) }
    }

    /// Deletes the root that is meant; false if there is none.
    func delete(_ meant: CertificateHashData) throws(Fault) -> Bool {
        guard let hash = Certificate.Hash(rawValue: meant.hashAlgorithm.rawValue) else { return false }
        var isFound = false
        for file in CertificateUse.allCases.flatMap(files) {
            guard let root = read(file).flatMap({ Certificate.all(in: $0).first }),
                Self.hashes(root, hash).isSame(as: meant)
            else { continue }
            do {
                try FileManager.default.removeItem(atPath: file)
            } catch {
                throw Fault(description: "\(file) cannot be deleted: \(error.localizedDescription)")
            }
            isFound = true
        }
        return isFound
    }

    /// Keeps the key of a request until its certificate comes.
    func keep(pending key: [UInt8]) throws(Fault) { try write(key, to: "pending.key") }

    /// This host shows these certificates from now on, with the key that was kept for them.
    func certify(_ chain: [UInt8], key: [UInt8]) throws(Fault) {
        try write(chain + [0x0A] + key, to: "identity.pem")
        try? FileManager.default.removeItem(atPath: path + "/pending.key")
    }

    private static func hashes(_ root: Certificate, _ hash: Certificate.Hash) -> CertificateHashData {
        CertificateHashData(
            hashAlgorithm: HashAlgorithm(rawValue: hash.rawValue) ?? .sha256,
            issuerNameHash: root.issuerNameHash(hash), issuerKeyHash: root.keyHash(hash),
            serialNumber: root.serialNumber)
    }

    private func files(_ use: CertificateUse) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasPrefix(use.rawValue + "-") && $0.hasSuffix(".pem") }.sorted().map {
            path + "/" + $0
        }
    }

    private func read(_ file: String) -> [UInt8]? { FileManager.default.contents(atPath: file).map { Array($0) } }

    private func write(_ bytes: [UInt8], to name: String) throws(Fault) {
        let target = path + "/" + name
        let fresh = target + ".new"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Fault(description: "\(path) cannot be made: \(error.localizedDescription)")
        }
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault(description: "\(fresh): \(String(cString: strerror(errno)))") }
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        let isSafe = written == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isSafe, rename(fresh, target) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(fresh)
            throw Fault(description: "\(target): \(reason)")
        }
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}

extension CertificateHashData {
    /// Hexadecimal digits may be written large, and numbers with zeros in front.
    fileprivate func isSame(as other: CertificateHashData) -> Bool {
        func number(_ text: String) -> String { String(text.lowercased().drop { $0 == "0" }) }
        return hashAlgorithm == other.hashAlgorithm
            && issuerNameHash.lowercased() == other.issuerNameHash.lowercased()
            && issuerKeyHash.lowercased() == other.issuerKeyHash.lowercased()
            && number(serialNumber) == number(other.serialNumber)
    }
}
