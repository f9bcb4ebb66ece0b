/// What a command asks the running host about a line that it may own: the body of `POST /api/v1/scan`.
struct LineQuestion: Codable {
    /// The line's path, or `rtu+tcp://…`, as ``SerialScan/channel`` has it.
    var channel: String
    /// The unit ids.
    var units: [UInt8]
}
