/// Serves one connection of a stream listener. It runs as a task of its own; when it returns the connection is closed,
/// and when the connection ends the task is cancelled.
public typealias StreamHandler = @Sendable (ByteStream) async -> Void
