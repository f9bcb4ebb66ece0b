/// Why a recording cannot be read or written.
public enum RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is not there, or may not be read.
    case unreadable
    /// The file is none of ours.
    case noRecording
    /// The file was written by a program with another format.
    case format(Int)
    /// The file ends before the first tick.
    case empty
    /// The bytes at a place were changed after they were written.
    case damaged(at: Int)
    /// The recording does not fit the types of this program.
    case mismatch(program: String, part: String, TreeError)
    /// A tick cannot be written.
    case notEncodable(String)

    /// The format that this program writes and reads.
    public static let format = 1

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .unreadable: "it cannot be read; does it exist, and may you read it?"
        case .noRecording: "this is no recording of chargehost; tests made of recordings are run with --check"
        case .format(let format):
            "it is written in format \(format), this program reads format \(Self.format); "
                + "replay it with the version that wrote it"
        case .empty: "it ends before its first tick; nothing is lost, nothing was recorded yet"
        case .damaged(let place):
            "it is damaged at byte \(place); the ticks before are good, those after cannot be read up to the next segment"
        case .mismatch(let program, let part, let error):
            "version \(program) wrote it, and this program cannot read \(part): \(error); replay it with version "
                + "\(program), or give what is missing a default where it is decoded"
        case .notEncodable(let what): "a tick cannot be written: \(what)"
        }
    }
}
