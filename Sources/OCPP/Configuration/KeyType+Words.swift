extension KeyType {
    /// What kind of value it is, in a word or two.
    public var words: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "whole number"
        case .text: "text"
        case .choice: "number of a choice"
        case .measurands: "list of measurands"
        case .list: "list"
        case .phaseRotation: "phase rotation"
        case .authorizationKey: "password"
        }
    }
}
