/// What is wrong with a simulated device beside what its profile says.
public struct DeviceFaults: Hashable, Sendable {
    /// It hears nothing and answers nothing.
    public var isSilent = false
    /// Every answer comes so much later.
    public var delay: Duration = .zero
    /// Every so many requests the answer is lost, although the request was carried out; nil: never.
    public var dropsEvery: Int?
    /// Every so many requests it closes the connection instead of answering; nil: never.
    public var disconnectsEvery: Int?
    /// Every request is refused with this exception code; nil: none.
    public var exception: UInt8?

    /// No faults.
    public init() {}

    /// What happens to the request with this number, counted from 1, instead of a proper answer.
    func answer(toRequest number: Int) -> DeviceAnswer? {
        if isSilent { return .silence }
        if let every = disconnectsEvery, every > 0, number.isMultiple(of: every) { return .disconnect }
        return exception.map { .exception($0) }
    }

    /// Whether the answer to the request with this number is lost.
    func drops(request number: Int) -> Bool { dropsEvery.map { $0 > 0 && number.isMultiple(of: $0) } ?? false }
}
