/// Who has a place, kept over restarts.
public struct AdmissionMemory: Hashable, Sendable, Codable {
    /// By device id, in which order they got their places.
    public private(set) var places: [String: Int]
    private var last: Int

    /// Nobody has one.
    public init() {
        places = [:]
        last = 0
    }

    mutating func give(_ id: String) {
        guard places[id] == nil else { return }
        last += 1
        places[id] = last
    }

    mutating func take(_ id: String) { places[id] = nil }
}
