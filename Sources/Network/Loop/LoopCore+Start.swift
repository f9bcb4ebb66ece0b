extension LoopCore {
    /// Makes the context and starts the thread; the result is why it could not, or nil.
    ///
    /// The core is handed to the thread as a number: it is made here, so that a failure is known at once, and never
    /// touched here again.
    static func start(
        _ limits: NetworkLimits, _ mailbox: LoopMailbox, _ log: @escaping @Sendable (NetworkLogEntry) -> Void,
        ended: @escaping @Sendable () -> Void
    ) -> String? {
        let logID = LibraryLog.add(log)
        let core = Unmanaged.passRetained(LoopCore(limits, mailbox, log))
        let owner = core.toOpaque()
        // Each listener takes one socket too, and the library one for waking.
        guard let library = LoopContext(owner: owner, sockets: limits.connections) else {
            core.release()
            LibraryLog.remove(logID)
            return "libwebsockets has no memory or descriptor left for its context"
        }
        core.takeUnretainedValue().library = library
        mailbox.open(library.context)
        let address = UInt(bitPattern: owner)
        let failure = LoopThread.start {
            if let owner = UnsafeMutableRawPointer(bitPattern: address) {
                let core = Unmanaged<LoopCore>.fromOpaque(owner)
                core.takeUnretainedValue().run()
                core.release()
            }
            LibraryLog.remove(logID)
            ended()
        }
        guard let failure else { return nil }
        _ = mailbox.close()
        core.takeUnretainedValue().library = nil
        core.release()
        LibraryLog.remove(logID)
        return failure
    }
}
