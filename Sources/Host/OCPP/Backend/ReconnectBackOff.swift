import Network

/// How long to wait before the next connection is tried; longer each time, and never the same for two sites. Pure.
struct ReconnectBackOff: Hashable, Sendable {
    /// The first wait after a connection was lost.
    var first: Duration = .seconds(1)
    /// The longest wait while the backend cannot be reached.
    var longest: Duration = .seconds(60)
    /// The first wait after the backend has refused who connects; the longest is 30 times that.
    var afterRefusal: Duration = .seconds(30)
    /// A connection that lasted so long was a good one.
    var goodAfter: Duration = .seconds(30)

    private var failures = 0

    /// Waits for a site; tests take shorter ones.
    init(
        first: Duration = .seconds(1), longest: Duration = .seconds(60), afterRefusal: Duration = .seconds(30),
        goodAfter: Duration = .seconds(30)
    ) {
        self.first = first
        self.longest = longest
        self.afterRefusal = afterRefusal
        self.goodAfter = goodAfter
    }

    /// A connection has ended that lasted so long.
    mutating func ended(after time: Duration) {
        if time >= goodAfter { failures = 0 }
    }

    /// The next connection is made with other credentials, which have not failed yet.
    mutating func forget() { failures = 0 }

    /// The wait before the next connection; `chance` is any number from 0 to 1.
    ///
    /// A backend that comes back would otherwise be met by all its sites in the same second, so half of the wait is chance.
    mutating func wait(isRefusal: Bool, chance: Double) -> Duration {
        failures = min(failures + 1, 16)
        let start = isRefusal ? afterRefusal : first
        let most = isRefusal ? afterRefusal * 30 : longest
        let full = min(start * (1 << (failures - 1)), most)
        return full * (0.5 + min(max(chance, 0), 1) / 2)
    }
}

extension ConnectError {
    /// Whether the backend or its certificate was there and is not right: trying again soon is of no use to anybody.
    var isRefusal: Bool {
        switch self {
        case .unauthorized, .refused, .turnedAway, .wrongSubprotocol, .badAddress: true
        case .insecure(_, let fault): fault.isCertificateFault
        default: false
        }
    }
}
