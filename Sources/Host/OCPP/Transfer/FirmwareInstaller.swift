import Foundation

/// Hands a firmware to the program that the site file names.
struct FirmwareInstaller: Sendable {
    /// How long it may take; after that it is ended.
    private static let patience = 3600.0

    let command: [String]

    /// Why nothing was installed.
    struct Failure: Error, Hashable, CustomStringConvertible { let description: String }

    /// Runs the program with the path of the file behind its arguments, and waits for its end on a thread of its own.
    ///
    /// Throws ``Failure`` unless it ends with 0.
    func install(_ file: String) async throws(Failure) {
        let result = await withCheckedContinuation { (waiting: CheckedContinuation<Result<Void, Failure>, Never>) in
            let thread = Thread { waiting.resume(returning: Result { () throws(Failure) in try run(file) }) }
            thread.name = "firmware"
            thread.start()
        }
        try result.get()
    }

    private func run(_ file: String) throws(Failure) {
        guard let program = command.first else { throw Failure(description: "no program installs firmware here") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = command.dropFirst() + [file]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        defer { try? errors.fileHandleForReading.close() }
        do { try process.run() } catch {
            throw Failure(description: "\(program) cannot be run: \(error.localizedDescription)")
        }
        let deadline = Date(timeIntervalSinceNow: Self.patience)
        var said = LastWords(errors.fileHandleForReading.fileDescriptor)
        while process.isRunning {
            said.listen(milliseconds: 100)
            guard Date() < deadline else {
                kill(process.processIdentifier, SIGKILL)
                throw Failure(description: "\(program) did not end within an hour")
            }
        }
        while said.listen(milliseconds: 0) {}
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let words = said.text.trimmingCharacters(in: .whitespacesAndNewlines)
            throw Failure(
                description: "\(program) ended with \(process.terminationStatus)" + (words.isEmpty ? "" : ": \(words)"))
        }
    }
}
