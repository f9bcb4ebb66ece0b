import DriverAPI
import Foundation
import Glibc

/// Tries a driver against every rule of the protocol, with the device that its manifest has for that.
public struct DriverCheck: Sendable {
    private let folder: String
    private let confinement: Confinement

    /// A check of the driver in a folder.
    public init(_ folder: String, confinement: Confinement = .found) {
        self.folder = folder
        self.confinement = confinement
    }

    /// Runs it; one verdict for every rule, in their order. Takes some seconds, with a driver that hangs a minute or two.
    public func run() async -> [DriverVerdict] {
        await withCheckedContinuation { continuation in
            let isStarted = DriverThread.start { continuation.resume(returning: verdicts()) }
            if !isStarted {
                continuation.resume(
                    returning: DriverRule.allCases.map {
                        DriverVerdict(rule: $0, outcome: .skipped, reason: "there can be no further thread")
                    })
            }
        }
    }

    private func verdicts() -> [DriverVerdict] {
        let found = DriverFolder(folder)
        guard let manifest = found.manifest, let program = manifest.executable else {
            return complete([.manifest: (.failed, found.problems.joined(separator: "\n"))], "the manifest is wrong")
        }
        var buffer = Array("/tmp/chargehost-check-XXXXXX".utf8CString)
        let made = buffer.withUnsafeMutableBufferPointer {
            $0.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let temporary = made else { return complete([:], "no temporary folder can be made") }
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        let words = confinement.prefix(memory: manifest.memory) + [program] + manifest.program.dropFirst()
        do throws(ChildFailure) {
            let conversation = try Conversation(words, folder: folder, temporary: temporary)
            var peer: CheckPeer?
            if let trial = manifest.trial, !trial.peer.isEmpty {
                peer = try CheckPeer(manifest, temporary: temporary)
            }
            let run = CheckRun(manifest, conversation, port: peer?.port)
            run.all()
            return complete(run.outcomes, "an earlier rule is broken")
        } catch {
            return complete([.describes: (.failed, error.description)], "it cannot be started")
        }
    }

    private func complete(
        _ outcomes: [DriverRule: (DriverVerdict.Outcome, String)], _ otherwise: String
    ) -> [DriverVerdict] {
        DriverRule.allCases.map { rule in
            let (outcome, reason) = outcomes[rule] ?? (.skipped, otherwise)
            return DriverVerdict(rule: rule, outcome: outcome, reason: reason)
        }
    }
}

/// The program that plays the device while a driver is checked.
final class CheckPeer {
    private let child: ChildProcess
    /// The port that it named.
    private(set) var port: String?

    init(_ manifest: DriverManifest, temporary: String) throws(ChildFailure) {
        var of = manifest
        of.program = manifest.trial?.peer ?? []
        guard let executable = of.executable else { throw ChildFailure(step: of.program.first ?? "", code: ENOENT) }
        child = try ChildProcess(
            [executable] + of.program.dropFirst(), folder: manifest.folder,
            environment: DriverEnvironment.variables(temporary: temporary))
        var splitter = LineSplitter(longest: 100)
        var chunk = [UInt8](repeating: 0, count: 1024)
        let end = SystemClock().now.advanced(by: .seconds(20))
        while port == nil, SystemClock().now < end {
            var descriptor = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 1000) > 0 else { continue }
            let count = read(child.output, &chunk, chunk.count)
            guard count > 0 else { break }
            port = splitter.take(chunk[..<count]).first.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    deinit {
        child.signal(SIGKILL)
        var status: Int32 = 0
        _ = waitpid(child.pid, &status, 0)
    }
}
