/// Answers requests. It runs as a task of its own, away from the loop; it may take as long as it wants and holds only
/// its own connection. The task is cancelled when the client goes away.
public typealias HTTPHandler = @Sendable (HTTPRequest) async -> HTTPResponse
