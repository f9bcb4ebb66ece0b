/// What people set by hand while the host runs; it is stored, and a restarted host goes on with it.
public struct HandSettings: Codable, Sendable {
    /// The choices for boxes.
    var choices: [String: ChargingChoices.Course]
    /// The limit on all boxes.
    var limit: OperatorLimit?

    /// Nothing was set.
    public init() { self.init(choices: [:]) }

    init(choices: [String: ChargingChoices.Course], limit: OperatorLimit? = nil) {
        self.choices = choices
        self.limit = limit
    }
}
