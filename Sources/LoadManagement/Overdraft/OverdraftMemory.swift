/// What is remembered of a limit that was passed.
struct OverdraftMemory: Hashable, Codable, Sendable {
    let limit: Overdraft.Limit
    /// Since when it has been passed, or since when it was last lowered for that.
    var overSince: Moment?
    /// By how much it is lowered, and until when.
    var cut = 0
    var until: Moment?

    init(_ limit: Overdraft.Limit) { self.limit = limit }

    /// Passing a limit by less is within the meters' error.
    static func tolerance(_ limit: Int, least: Int) -> Int { max(least, limit / 50) }

    /// Takes note that the limit was passed by `excess` at `moment`, of which boxes may be `most`.
    ///
    /// It is lowered by the excess once that has lasted for the chain of reaction, and by what is still over when the chain
    /// has run anew; never by more than the boxes draw, so that it does not grow where they are not to blame.
    mutating func note(excess: Int, most: Int, chain: Span, period: Span, at moment: Moment) {
        let since = overSince ?? moment
        overSince = since
        guard moment - since >= chain, most > 0 else { return }
        cut = max(cut, min(cut + excess, most))
        until = moment + period
        overSince = moment
    }

    mutating func expire(at now: Moment) {
        guard let until, now >= until else { return }
        cut = 0
        self.until = nil
    }
}
