import YAML

/// How firmware that a backend names is installed, as the site file says.
public struct SiteFirmware: Hashable, Sendable {
    /// The program with its arguments; the path of the firmware's file is put behind them.
    public var command: [String]
    /// The file with the manufacturer's root certificates in PEM, relative to the site file. With one only firmware is
    /// installed that a certificate of theirs has signed.
    public var root: String?
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes the settings of firmware.
    public init(command: [String], root: String? = nil, mark: Mark = Mark(line: 1, column: 1)) {
        self.command = command
        self.root = root
        self.mark = mark
    }
}
