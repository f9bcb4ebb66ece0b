import DeviceProfiles
import DriverAPI
import ReadPlanning

/// The reads that tell who a device is; the same read is asked once.
final class IdentityReader {
    private let planner: ReadPlanner
    private var known: [ReadRequest: [UInt16]?] = [:]

    /// Makes a reader that obeys `constraints`.
    init(constraints: PlanConstraints) {
        planner = ReadPlanner(constraints: constraints, line: .tcp, latency: .zero)
    }

    /// The request that reads a fact: its own words, or the whole island where the device asks for that.
    func request(for place: ReadPlace) -> ReadRequest? {
        let item = PlanItem(points: ["fact"], table: place.table, address: place.address, count: place.words)
        return planner.plan([item]).plan.requests.first
    }

    /// The words; nil when the device refused.
    ///
    /// Throws ``DriverError/unreachable(_:)`` when it is silent.
    func words(
        of request: ReadRequest, with engine: isolated ProfileEngine
    ) async throws(DriverError) -> [UInt16]? {
        if let words = known[request] { return words }
        switch await engine.fetch(request) {
        case .words(let words, _):
            known[request] = .some(words)
            return words
        case .refused, .failed:
            known[request] = .some(nil)
            return nil
        case .closed: throw engine.lost("the connection broke")
        case .lost(let why): throw engine.lost(why)
        }
    }
}
