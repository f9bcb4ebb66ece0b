import DriverAPI

/// One option of a driver's devices, as its manifest declares it.
public struct DriverOption: Hashable, Sendable {
    /// What an option may be.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Any text.
        case text
        /// A decimal number.
        case number
        /// A whole number.
        case integer
        /// `true` or `false`.
        case bool

        /// What a text must be that is none of this kind; nil when it is one.
        func refusal(of text: String) -> String? {
            switch self {
            case .text: nil
            case .number: Exact(text: text) == nil ? "a number" : nil
            case .integer: Exact(text: text)?.asInt == nil ? "a whole number" : nil
            case .bool: text == "true" || text == "false" ? nil : "true or false"
            }
        }
    }

    /// What it may be.
    public var type: Kind
    /// Whether every device must have it.
    public var isRequired: Bool
    /// What counts where a device does not have it.
    public var standard: String?
    /// What it is for.
    public var description: String

    /// Makes an option.
    public init(type: Kind, isRequired: Bool = false, standard: String? = nil, description: String = "") {
        self.type = type
        self.isRequired = isRequired
        self.standard = standard
        self.description = description
    }
}
