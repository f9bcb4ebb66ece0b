import LoadManagement

/// One line with one or more boxes on it, one frame at a time. Times are milliseconds.
struct Bus {
    let units: [Int]
    let timeout: Int
    let retries: Int
    /// How long a frame may wait in a gateway.
    let queueTime: Int
    /// How long a frame and its answer take at most, each.
    let latency: Int
    var open: Exchange?
    /// Frames whose time ran out and which arrive all the same.
    var late: [Exchange] = []
    var attempt = 0
    var turn = 0
    /// When something happens by itself.
    var next = 0
}

/// What is wrong with the way to a box. Times are milliseconds.
struct Weather {
    var deafUntil = 0
    var muteUntil = 0
    /// While it is unreachable nothing reaches it, and the driver knows.
    var isUnreachable = false
    var loses = 0
    var losesAnswers = 0
    var delays = 0
    var refuses = 0
    var doubles = 0

    func isBad(_ now: Int) -> Bool { now < deafUntil || now < muteUntil }
}
