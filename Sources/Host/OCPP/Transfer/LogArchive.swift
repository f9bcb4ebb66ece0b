import Foundation
import Glibc
import OCPP
import Storage

/// What a backend gets that asks for diagnostics: log, events, queue, site file and recordings, as tar.gz.
///
/// Passwords are in none of them: they are in the data folder only.
struct LogArchive: Sendable {
    /// Recordings are left out from so many bytes on, the oldest first.
    private static let recordingLimit = 64 << 20

    let storage: SiteStorage
    let siteFile: String
    let log: HostLog

    /// Why there is none.
    struct Failure: Error, Hashable, CustomStringConvertible { let description: String }

    /// A name that tells where and when it was made.
    static func name(_ site: String, _ kind: String, at time: WallTime) -> String {
        let plain = site.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let moment = "\(time)".filter { $0.isNumber || $0 == "T" || $0 == "Z" }
        return "chargehost-\(String(plain.prefix(40)))-\(kind)-\(moment).tar.gz"
    }

    /// Writes the archive of what happened from `from` to `to` to `path`. Throws ``Failure``.
    func write(to path: String, from: WallTime?, to: WallTime?) async throws(Failure) {
        let events: [SiteEvent]
        let queue: QueueDocument
        do throws(StorageError) {
            events = try await storage.events(last: SiteStorage.eventsKept)
            queue = try await QueueDocument(storage)
        } catch {
            throw Failure(description: "\(error)")
        }
        let start = from ?? WallTime(milliseconds: .min)
        let span = start...max(start, to ?? WallTime(milliseconds: .max))
        var parts: [(name: String, bytes: [UInt8])] = [
            ("log.txt", Array(log.tail.lines.filter { Self.isIn(span, $0) }.map { $0 + "\n" }.joined().utf8)),
            ("events.jsonl", Self.lines(events.reversed().filter { span.contains($0.at) })),
            ("queue.json", Self.json(queue)),
            ("version.txt", Array("chargehost \(HostVersion.chargehost)\n".utf8)),
        ]
        if let site = FileManager.default.contents(atPath: siteFile) { parts.append(("site.yaml", Array(site))) }
        let recordings = Self.recordings((storage.database.path as NSString).deletingLastPathComponent, span)
        let plain = path + ".tar"
        defer { unlink(plain) }
        let made = parts
        let result = await withCheckedContinuation { (waiting: CheckedContinuation<Result<Void, Failure>, Never>) in
            Thread {
                waiting.resume(
                    returning: Result { () throws(Failure) in
                        try Self.pack(made, recordings, to: plain)
                        try Self.compress(plain, to: path)
                    })
            }
            .start()
        }
        try result.get()
    }

    /// Lines of the log begin with their time.
    private static func isIn(_ span: ClosedRange<WallTime>, _ line: String) -> Bool {
        guard let time = Timestamp(String(line.prefix { $0 != " " })) else { return true }
        return span.contains(WallTime(time))
    }

    private static func lines(_ events: [SiteEvent]) -> [UInt8] {
        events.flatMap { event in
            json(
                [
                    "at": "\(event.at)", "level": event.level.rawValue, "code": event.code,
                    "device": event.device ?? "", "text": event.text,
                ]) + [UInt8(ascii: "\n")]
        }
    }

    private static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array((try? encoder.encode(value)) ?? Data())
    }

    /// The recordings that were changed in the span, newest first, as many as there is room for.
    private static func recordings(_ folder: String, _ span: ClosedRange<WallTime>) -> [String] {
        let place = folder + "/recordings"
        var found: [(path: String, time: Int, size: Int)] = []
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] {
            var state = stat()
            guard lstat(place + "/" + name, &state) == 0, state.st_mode & S_IFMT == S_IFREG else { continue }
            guard span.contains(WallTime(milliseconds: Int64(state.st_mtim.tv_sec) * 1000)) else { continue }
            found.append((place + "/" + name, state.st_mtim.tv_sec, Int(state.st_size)))
        }
        var room = recordingLimit
        return found.sorted { $0.time > $1.time }.prefix { entry in
            room -= entry.size
            return room >= 0
        }.map(\.path)
    }

    private static func pack(
        _ parts: [(name: String, bytes: [UInt8])], _ files: [String], to path: String
    ) throws(Failure) {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        func put(_ name: String, _ bytes: [UInt8]) throws(Failure) {
            let now = Int(Date().timeIntervalSince1970)
            guard let head = TarHeader(name: name, count: bytes.count, time: now).bytes else { return }
            let padding = [UInt8](repeating: 0, count: (TarHeader.size - bytes.count % TarHeader.size) % TarHeader.size)
            try write(head + bytes + padding, descriptor, path)
        }
        for part in parts { try put(part.name, part.bytes) }
        for file in files {
            // One that was thinned out meanwhile is left out.
            guard let content = FileManager.default.contents(atPath: file) else { continue }
            try put("recordings/" + (file as NSString).lastPathComponent, Array(content))
        }
        try write([UInt8](repeating: 0, count: 2 * TarHeader.size), descriptor, path)
    }

    private static func write(_ bytes: [UInt8], _ descriptor: Int32, _ path: String) throws(Failure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// `gzip` is part of every Linux system (Debian policy: essential).
    private static func compress(_ plain: String, to path: String) throws(Failure) {
        unlink(path)
        let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-n", "-c", plain]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(fileDescriptor: target, closeOnDealloc: true)
        do { try process.run() } catch {
            throw Failure(description: "gzip cannot be run: \(error.localizedDescription)")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "gzip ended with \(process.terminationStatus)")
        }
    }
}
