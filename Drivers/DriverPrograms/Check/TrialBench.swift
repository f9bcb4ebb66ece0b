import DriverAPI
import Foundation
import Glibc

/// A driver that runs for a trial, beside the program that plays its device; used on one thread only.
final class TrialBench {
    let manifest: DriverManifest
    let conversation: Conversation
    private let peer: CheckPeer?
    private let temporary: String

    /// Starts the driver in a folder and, where `isPlayed`, the device that its manifest has for that.
    init(_ folder: String, confinement: Confinement, isPlayed: Bool = true) throws(TrialFailure) {
        let found = DriverFolder(folder)
        guard let manifest = found.manifest, let program = manifest.executable else {
            throw TrialFailure(description: found.problems.joined(separator: "\n"))
        }
        self.manifest = manifest
        var buffer = Array("/tmp/chargehost-check-XXXXXX".utf8CString)
        let made = buffer.withUnsafeMutableBufferPointer {
            $0.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else { throw TrialFailure(description: "no temporary folder can be made") }
        temporary = made
        let words =
            confinement.prefix(manifest, temporary: made, hidden: nil) + [program] + manifest.program.dropFirst()
        do throws(ChildFailure) {
            conversation = try Conversation(words, folder: folder, temporary: made)
            peer =
                if isPlayed, let trial = manifest.trial, !trial.peer.isEmpty {
                    try CheckPeer(manifest, temporary: made)
                } else { nil }
        } catch {
            try? FileManager.default.removeItem(atPath: made)
            throw TrialFailure(description: error.description)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: temporary) }

    /// The port of the device that is played.
    var port: String? { peer?.port }

    /// What was said so far, without the port.
    var tape: Tape {
        var tape = conversation.tape
        guard let port else { return tape }
        for place in tape.lines.indices {
            tape.lines[place].text = tape.lines[place].text.replacing(":\(port)", with: ":{port}")
        }
        return tape
    }
}

/// Why a driver cannot be tried.
public struct TrialFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// In words.
    public let description: String
}
