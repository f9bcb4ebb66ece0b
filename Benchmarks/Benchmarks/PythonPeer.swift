import Foundation

/// A Python program that ends with this process, however this process ends: then its standard input is closed.
final class PythonPeer {
    /// The Python of the virtual environment; nil when none is named.
    static var python: String? { ProcessInfo.processInfo.environment["CHARGEHOST_VENV"].map { $0 + "/bin/python3" } }

    private static let ending = """
        import os, threading
        def end_with_the_other():
            while os.read(0, 4096): pass
            os._exit(1)
        threading.Thread(target=end_with_the_other, daemon=True).start()

        """

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Starts it.
    init(_ python: String, _ program: String, _ arguments: [String] = []) throws {
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", Self.ending + program] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit { stop() }

    var pid: Int32 { process.processIdentifier }

    /// What it has printed when it first prints.
    func firstText() -> String { String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) }

    /// All that it prints; waits for its end.
    func text() throws -> String {
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    func stop() { if process.isRunning { process.terminate() } }
}
