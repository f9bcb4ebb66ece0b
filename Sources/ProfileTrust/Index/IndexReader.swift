import Licensing

/// Reads the text of an index; every line must be understood.
enum IndexReader {
    static func read(_ bytes: [UInt8]) throws(IndexRefusal) -> ProfileIndex {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed(line: 1, "it is not UTF-8") }
        var head: [String: String] = [:]
        var entries: [IndexEntry] = []
        var seen: Set<String> = []
        var hashes: Set<String> = []
        for (place, line) in Bytes.lines(text).enumerated() {
            let number = place + 1
            if line.isEmpty || line.hasPrefix("#") { continue }
            let isDetail = line.hasPrefix("  ")
            let (word, rest) = split(line.dropFirst(isDetail ? 2 : 0))
            guard !rest.isEmpty else { throw .malformed(line: number, "'\(word)' says nothing") }
            if isDetail {
                guard !entries.isEmpty else { throw .malformed(line: number, "it belongs to no profile") }
                try detail(word, rest, &entries[entries.count - 1], number)
            } else if word == "profile" {
                let entry = try self.entry(rest, number)
                guard seen.insert(entry.id + " " + entry.version).inserted else {
                    throw .malformed(line: number, "\(entry.id) \(entry.version) is there twice")
                }
                guard hashes.insert(entry.hash).inserted else {
                    throw .malformed(line: number, "the same file is there twice")
                }
                entries.append(entry)
            } else {
                guard ["schema", "serial", "issued"].contains(word), entries.isEmpty, head[word] == nil else {
                    throw .malformed(line: number, "'\(word)' does not belong here")
                }
                if word == "schema", rest != ProfileIndex.schema { throw .unknownSchema(rest) }
                head[word] = rest
            }
        }
        guard head["schema"] != nil else { throw .malformed(line: 1, "it does not begin with its schema") }
        guard let serial = head["serial"].flatMap({ Int($0) }), serial > 0 else {
            throw .malformed(line: 1, "it has no serial")
        }
        guard let issued = head["issued"].flatMap({ Day($0) }) else { throw .malformed(line: 1, "it has no day") }
        return ProfileIndex(serial: serial, issued: issued, entries: entries)
    }

    private static func entry(_ rest: String, _ number: Int) throws(IndexRefusal) -> IndexEntry {
        let words = rest.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, !words[0].isEmpty, SemanticOrder.numbers(words[1]) != nil else {
            throw .malformed(line: number, "a profile needs id, version and SHA-256")
        }
        guard words[2].utf8.count == 64, Bytes.fromHexadecimal(words[2]) != nil, words[2] == words[2].lowercased()
        else { throw .malformed(line: number, "'\(words[2])' is no SHA-256") }
        return IndexEntry(id: words[0], version: words[1], hash: words[2])
    }

    private static func detail(
        _ word: String, _ rest: String, _ entry: inout IndexEntry, _ number: Int
    ) throws(IndexRefusal) {
        switch word {
        case "file":
            let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
            guard entry.file == nil, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
                throw .malformed(line: number, "a file is a path beside the index")
            }
            entry.file = rest
        case "trust":
            for word in rest.split(separator: " ") {
                let parts = word.split(separator: "=").map(String.init)
                guard parts.count == 2, let capability = Capability(rawValue: parts[0]),
                    let level = Int(parts[1]).flatMap(TrustLevel.init), entry.trust[capability] == nil
                else { throw .malformed(line: number, "'\(word)' is no trust, such as limit=2") }
                entry.trust[capability] = level
            }
        case "evidence": entry.evidence.append(rest)
        case "withdrawn":
            guard entry.withdrawn == nil else { throw .malformed(line: number, "it is withdrawn twice") }
            entry.withdrawn = rest
        default: throw .malformed(line: number, "'\(word)' is not known")
        }
    }

    private static func split(_ line: Substring) -> (String, String) {
        guard let blank = line.firstIndex(of: " ") else { return (String(line), "") }
        return (String(line[..<blank]), String(line[line.index(after: blank)...]))
    }
}
