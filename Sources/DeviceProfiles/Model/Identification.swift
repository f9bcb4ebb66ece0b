import DriverAPI
import ReadPlanning

/// How a device is recognised: the profile's `identify`.
public struct Identification: Hashable, Sendable {
    /// What a rule asks of the answer.
    public enum Test: Hashable, Sendable {
        /// These words; nil: any.
        case words([UInt16?])
        /// This text, trimmed.
        case text(String, words: Int)
        /// A text that starts so.
        case textStarts(String, words: Int)
        /// This number before any unit.
        case equals(Exact, ReadPlace)
        /// A number in this range before any unit.
        case range(ClosedRange<Exact>, ReadPlace)
        /// An answer at all; false: exception 1, 2 or 3.
        case answers(Bool, count: Int)
    }
    /// One rule.
    public struct Rule: Hashable, Sendable {
        /// The read; its place.
        public var request: ReadRequest
        /// What it asks.
        public var test: Test
        /// What it adds, -100...100.
        public var score: Int
        /// The profile id it speaks for; negative rules only.
        public var isOther: String?

        /// Makes a rule.
        public init(request: ReadRequest, test: Test, score: Int, isOther: String? = nil) {
            self.request = request
            self.test = test
            self.score = score
            self.isOther = isOther
        }
    }

    /// The rules.
    public var rules: [Rule]
    /// Proposed with one tap from here on.
    public var accept: Int
    /// Shown among the candidates from here on.
    public var askInstallerFrom: Int
    /// Facts: points read once per connection.
    public var facts: [PointDefinition]

    /// Makes an identification.
    public init(rules: [Rule], accept: Int, askInstallerFrom: Int, facts: [PointDefinition] = []) {
        self.rules = rules
        self.accept = accept
        self.askInstallerFrom = askInstallerFrom
        self.facts = facts
    }
}
