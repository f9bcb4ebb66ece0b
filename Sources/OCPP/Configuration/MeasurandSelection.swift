/// A measurand that a key asks for, of one phase or of all: `Voltage`, `Current.Import.L1`.
public struct MeasurandSelection: Hashable, Sendable, CustomStringConvertible {
    /// What is measured.
    public let measurand: Measurand
    /// On which conductors; nil for all that there are.
    public let phase: Phase?

    /// Nil if the text names no measurand, or no phase behind one.
    public init?(_ text: String) {
        if let measurand = Measurand(rawValue: text) {
            self.measurand = measurand
            phase = nil
            return
        }
        guard let point = text.lastIndex(of: "."), let measurand = Measurand(rawValue: String(text[..<point])),
            let phase = Phase(rawValue: String(text[text.index(after: point)...]))
        else { return nil }
        self.measurand = measurand
        self.phase = phase
    }

    /// A measurand on all conductors.
    public init(_ measurand: Measurand) {
        self.measurand = measurand
        phase = nil
    }

    /// The measurands of a key's value, in their order; what is none is left out.
    public static func list(_ value: String) -> [MeasurandSelection] {
        value.split(separator: ",").compactMap { MeasurandSelection(String($0).trimmed) }
    }

    /// As the key has it.
    public var description: String { measurand.rawValue + (phase.map { "." + $0.rawValue } ?? "") }
}
