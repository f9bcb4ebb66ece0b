/// What came of a question for a file that may be known.
public enum FetchedFile: Hashable, Sendable {
    /// It is the file of the ETag that was named; nothing was fetched.
    case unchanged
    /// It was fetched; its ETag, for the next time (RFC 9110, 8.8.3), nil where the server gives none.
    case fetched(tag: String?)
}
