/// A place where the loop listens, for requests or for plain streams.
public final class NetworkListener: Sendable {
    /// Where it is bound, with the real port where 0 was asked for.
    public let address: ListenAddress
    let id: UInt64
    private let mailbox: LoopMailbox

    init(id: UInt64, address: ListenAddress, mailbox: LoopMailbox) {
        self.id = id
        self.address = address
        self.mailbox = mailbox
    }

    /// Stops listening and ends its connections: WebSockets with 1001, handlers by cancelling them. Afterwards the port
    /// is free.
    public func close() async {
        await withCheckedContinuation { done in
            if !mailbox.post(.closeListener(id, done)) { done.resume() }
        }
    }

    /// How many connections are open on it.
    public func connections() async -> Int {
        await withCheckedContinuation { answer in
            if !mailbox.post(.countConnections(id, answer)) { answer.resume(returning: 0) }
        }
    }
}

/// A listener for requests.
public typealias HTTPListener = NetworkListener
