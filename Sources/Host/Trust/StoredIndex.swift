import Foundation
import Licensing
import ProfileTrust

/// An index as it is kept: the bytes, the signature, who may sign it, and where a newer one is fetched.
public struct StoredIndex: Sendable {
    /// The name of the index that comes with the program.
    public static let ownName = "vendor"
    /// The file of an index; its signature is beside it, with `.minisig` behind the name.
    public static let file = "index.list"

    /// Its name here.
    public let name: String
    /// Where a newer one is fetched; nil for that of the program.
    public let source: String?
    /// The key that must have signed it.
    public let keys: [MinisignKey]
    /// The folder it is kept in.
    let folder: String

    /// Whether it came with the program.
    public var isOwn: Bool { source == nil }

    /// The index that came with the program, in the folder of its library.
    public static func own(in library: String, keys: VendorKeys = .builtIn) -> StoredIndex {
        StoredIndex(name: ownName, source: nil, keys: keys.keys.map(MinisignKey.init), folder: library)
    }

    /// What it says, or why it does not count; nil where there is none.
    public func read() -> Result<ProfileIndex, IndexRefusal>? {
        do throws(TrustProblem) {
            guard let bytes = try TrustFolder.bytes(folder + "/" + Self.file) else { return nil }
            guard let signature = try TrustFolder.bytes(folder + "/" + Self.file + ".minisig") else {
                return .failure(.unreadable("its signature is missing"))
            }
            let keys = keys
            return Result { () throws(IndexRefusal) in
                try ProfileIndex.read(bytes, signature: String(decoding: signature, as: UTF8.self), keys: keys)
            }
        } catch {
            return .failure(.unreadable(error.description))
        }
    }

    /// As the trust book takes it. One that was added and is not there any more does not count.
    var trusted: TrustSource {
        TrustSource(name: name, isOwn: isOwn, found: read() ?? .failure(.unreadable("it is not there")))
    }
}

extension TrustFolder {
    /// The indexes that were added, sorted by name. Throws ``TrustProblem``.
    public func storedIndexes() throws(TrustProblem) -> [StoredIndex] {
        guard FileManager.default.fileExists(atPath: indexes) else { return [] }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: indexes) } catch {
            throw .damaged(indexes, error.localizedDescription)
        }
        var found: [StoredIndex] = []
        for name in names.sorted() where !name.hasPrefix(".") { found.append(try index(name)) }
        return found
    }

    private func index(_ name: String) throws(TrustProblem) -> StoredIndex {
        let folder = indexes + "/" + name
        let text = { (bytes: [UInt8]) in
            String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let source = try TrustFolder.bytes(folder + "/source").map(text), !source.isEmpty else {
            throw .damaged(folder + "/source", "it does not say where the index comes from")
        }
        guard let key = try TrustFolder.bytes(folder + "/key.pub").flatMap({ MinisignKey(text: text($0)) }) else {
            throw .damaged(folder + "/key.pub", "it is no key")
        }
        return StoredIndex(name: name, source: source, keys: [key], folder: folder)
    }

    /// Keeps an index that was read and found good. Throws ``TrustProblem``.
    func store(_ bytes: [UInt8], signature: [UInt8], of index: StoredIndex) throws(TrustProblem) {
        // Between the two the old index has the new signature and does not count; what was known last does.
        let list = index.folder + "/" + StoredIndex.file
        try FileReplacement.put([(list + ".minisig", signature), (list, bytes)])
    }

    /// Adds an index that was not there, without its list. Throws ``TrustProblem``.
    func addIndex(_ name: String, source: String, key: MinisignKey) throws(TrustProblem) -> StoredIndex {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard isName, (1...40).contains(name.utf8.count), name != StoredIndex.ownName else { throw .name(name) }
        let folder = indexes + "/" + name
        guard !FileManager.default.fileExists(atPath: folder) else { throw .indexExists(name) }
        try FileReplacement.put(Array(key.text.utf8), at: folder + "/key.pub")
        try FileReplacement.put(Array((source + "\n").utf8), at: folder + "/source")
        return StoredIndex(name: name, source: source, keys: [key], folder: folder)
    }

    /// Trusts an index no more. Throws ``TrustProblem``.
    public func removeIndex(_ name: String) throws(TrustProblem) {
        guard try storedIndexes().contains(where: { $0.name == name }) else {
            throw .noIndex(name, known: try storedIndexes().map(\.name))
        }
        do { try FileManager.default.removeItem(atPath: indexes + "/" + name) } catch {
            throw .notStored(indexes + "/" + name, error.localizedDescription)
        }
    }
}
