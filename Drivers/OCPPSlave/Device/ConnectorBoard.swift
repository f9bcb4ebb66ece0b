import DriverAPI
import OCPP

/// The latest readings of a connector.
struct ConnectorBoard: Sendable {
    private(set) var readings: [String: Reading] = [:]

    /// The points that there are.
    var points: Set<String> {
        Set(readings.values.lazy.filter { $0.quality != .absent }.map(\.point))
    }

    /// Takes readings; whether a point is new among them or gone.
    mutating func take(_ news: [Reading]) -> Bool {
        let before = points
        for reading in news { readings[reading.point] = reading }
        return points != before
    }

    /// What is known before anything was measured: the phases that are not wired.
    func startReadings(phases: Int, at now: MonotonicTime) -> [Reading] {
        ["l2", "l3"].dropFirst(phases - 1).map {
            Reading(point: "current." + $0, value: nil, unit: .A, quality: .absent, time: now)
        }
    }

    /// The state in IEC 61851 letters; nil for Unavailable, which says nothing of the car.
    static func state(_ status: ChargePointStatus) -> String? {
        switch status {
        case .available, .reserved: "A"
        case .preparing, .suspendedEV, .suspendedEVSE, .finishing: "B"
        case .charging: "C"
        case .faulted: "F"
        case .unavailable: nil
        }
    }

    /// The readings of a status.
    static func readings(_ request: StatusNotificationRequest, at now: MonotonicTime) -> [Reading] {
        let state = state(request.status)
        var error = request.errorCode == .noError ? "" : request.errorCode.rawValue
        if let vendor = request.vendorErrorCode, !vendor.isEmpty { error += error.isEmpty ? vendor : " (\(vendor))" }
        return [
            Reading(
                point: "state", value: state.map { .member($0) }, quality: state == nil ? .noData : .good, time: now),
            Reading(point: "x_ocpp_status", value: .member(request.status.rawValue), quality: .good, time: now),
            Reading(point: "error_code", value: .text(error), quality: .good, time: now),
        ]
    }

    /// The measured points that are older than `age` and have to be marked so.
    func stale(at now: MonotonicTime, age: Duration) -> [Reading] {
        readings.values.filter { $0.quality == .good && Self.isMeasured($0.point) && $0.time.duration(to: now) > age }
            .map { reading in
                var old = reading
                old.quality = .stale
                return old
            }
    }

    private static func isMeasured(_ point: String) -> Bool {
        ["power", "current.", "voltage.", "current_offered", "vehicle_soc"].contains { point.hasPrefix($0) }
    }
}
