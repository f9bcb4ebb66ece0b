/// Where segments of recordings are kept.
protocol SegmentStore: Sendable {
    /// The numbers of the segments there are, in order.
    func numbers() -> [Int]
    /// Makes a segment that is there no yet.
    func create(_ number: Int) throws(SegmentStoreError) -> any SegmentFile
    /// Removes a segment.
    func remove(_ number: Int) throws(SegmentStoreError)
}

/// A segment that is being written.
protocol SegmentFile: Sendable {
    /// Puts bytes at its end: all of them, or none.
    func append(_ bytes: [UInt8]) throws(SegmentStoreError)
    /// Nothing more is written.
    func close()
}

/// Why a segment cannot be kept.
struct SegmentStoreError: Error, Hashable, CustomStringConvertible {
    /// The file.
    let path: String
    /// What the system says.
    let reason: String

    /// What happened and what to do.
    var description: String { "\(path) cannot be written: \(reason)" }
}
