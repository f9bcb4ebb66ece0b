extension Outcome {
    /// The answer as the type that belongs to the request, or the rule that it breaks; nil if there was no result.
    ///
    /// Properties that the rules do not know do not stop an answer from being taken.
    public func response<Asked: Request>(to request: Asked.Type) -> Result<Asked.Response, Violation>? {
        guard case .answered(let payload) = self else { return nil }
        return Result { () throws(Violation) in try Asked.Response(json: payload) }
    }
}
