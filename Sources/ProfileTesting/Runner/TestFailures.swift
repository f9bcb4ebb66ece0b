import DeviceProfiles
import DriverAPI
import YAML

/// Collects what went wrong in one test.
struct TestFailures {
    /// The profile's file.
    let file: String
    /// The test's name.
    let test: String
    /// What went wrong so far.
    private(set) var diagnostics: [Diagnostic] = []

    /// Begins without failures.
    init(file: String, test: String) {
        self.file = file
        self.test = test
    }

    /// Adds a failure.
    mutating func add(at mark: Mark, _ text: String) {
        diagnostics.append(
            Diagnostic(.test, file: file, mark: mark, message: "test \"\(test)\": \(text)"))
    }

    /// Adds something that does not make the test fail.
    mutating func warn(at mark: Mark, _ text: String) {
        add(at: mark, text)
        diagnostics[diagnostics.count - 1].severity = .warning
    }

    /// Adds a failure with what was found and what was expected.
    mutating func add(at mark: Mark, _ what: String, got: String, expected: String) {
        add(at: mark, "\(what) is \(got), expected \(expected)")
    }

    /// Compares write frames.
    mutating func compare(_ found: [String], with expected: [String], _ what: String, at mark: Mark) {
        if found == expected { return }
        add(at: mark, what, got: TestFailures.list(found), expected: TestFailures.list(expected))
    }

    static func list(_ frames: [String]) -> String {
        "[" + frames.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
}
