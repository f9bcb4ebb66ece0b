/// The messages of a client in order. One task may read them; a second reader would take messages from the first.
public struct WebSocketMessages: AsyncSequence, Sendable {
    /// A message.
    public typealias Element = WebSocketMessage

    /// Takes one message after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let inbox: Inbox<WebSocketMessage>

        /// The next message; nil when the connection has ended and all are read, or the task is cancelled while none is
        /// there.
        public mutating func next() async -> WebSocketMessage? { await inbox.next() }
    }

    let inbox: Inbox<WebSocketMessage>

    /// An iterator over what has not been read.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(inbox: inbox) }
}
