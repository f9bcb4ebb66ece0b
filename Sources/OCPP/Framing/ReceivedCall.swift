/// A call that came in and passed its rules, or the error that it is to be answered with.
public struct ReceivedCall: Sendable {
    /// What is asked for.
    public let action: Action
    /// The request, of the type that belongs to the action.
    public let request: any Request

    /// Checks a call by the rules of its action.
    ///
    /// An unknown action is NotImplemented; one that only our own side sends is NotSupported; a field that breaks its
    /// rule has the code of the violation (OCPP-J 1.6, table 7).
    ///
    /// - Parameters:
    ///   - side: the end that received it.
    ///   - isStrict: whether properties that the standard does not know are refused.
    public init(
        action name: String, payload: JSONObject, at side: Side, isStrict: Bool = false
    ) throws(CallError) {
        guard let action = Action(rawValue: name) else {
            throw CallError(.notImplemented, "the action \(name.prefix(50)) is not known")
        }
        guard action.sender != side else {
            throw CallError(
                .notSupported, "\(name) is not for a \(side == .chargePoint ? "charge point" : "central system")")
        }
        let type = action.request
        if isStrict, let violation = type.rule.unknownProperty(in: payload) { throw CallError(violation) }
        self.action = action
        do throws(Violation) {
            request = try type.init(json: payload)
        } catch {
            throw CallError(error)
        }
    }
}
