/// The bytes of the other side in the pieces they came in. One task may read them.
public struct StreamPieces: AsyncSequence, Sendable {
    /// A piece, never empty.
    public typealias Element = [UInt8]

    /// Takes one piece after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let inbox: Inbox<[UInt8]>

        /// The next piece; nil when the connection has ended and all is read, or the task is cancelled while none is there.
        public mutating func next() async -> [UInt8]? { await inbox.next() }
    }

    let inbox: Inbox<[UInt8]>

    /// An iterator over what has not been read.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(inbox: inbox) }
}
