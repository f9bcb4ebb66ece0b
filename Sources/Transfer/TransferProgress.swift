/// How far a transfer is.
public struct TransferProgress: Hashable, Sendable {
    /// The try, counted from 1.
    public var attempt: Int
    /// Bytes that are there.
    public var bytes: Int
    /// Bytes that there will be; nil while the server has not said.
    public var total: Int?
}
