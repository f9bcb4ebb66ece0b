import DriverAPI
import Network

extension SiteHost {
    /// What is done about a port that another program has.
    public enum TakenPort: Sendable {
        /// An alarm is raised; the host runs on without this address.
        case alarm
        /// The next free port is taken.
        case next
    }

    /// So many ports after the one that is taken are tried.
    private static let furtherPorts: UInt16 = 100

    /// Serves the page and the interface where `plan` says, in place of where it was served before.
    ///
    /// An address that cannot be had is an alarm and stops nothing. Returns where it is served now.
    @discardableResult
    public func serve(_ plan: HTTPPlan, whenTaken: TakenPort = .alarm) async -> [ListenAddress] {
        guard plan != served?.plan else { return served?.listeners.map(\.address) ?? [] }
        await stopServing()
        guard !plan.listen.isEmpty else { return [] }
        let log = log
        let loop = NetworkLoop { entry in log.write(entry.level == .error ? .error : .warning, "http: \(entry.text)") }
        do { try loop.start() } catch {
            await complain(error)
            return []
        }
        var listeners: [HTTPListener] = []
        for address in plan.listen {
            do throws(NetworkError) {
                listeners.append(try listen(on: address, plan, loop, whenTaken))
            } catch {
                await complain(error)
            }
        }
        served = Served(plan: plan, loop: loop, listeners: listeners)
        return listeners.map(\.address)
    }

    /// Ends listening and all pages.
    func stopServing() async {
        guard let served else { return }
        self.served = nil
        await events.stop()
        await served.loop.stop()
    }

    private func listen(
        on address: ListenAddress, _ plan: HTTPPlan, _ loop: NetworkLoop, _ whenTaken: TakenPort
    ) throws(NetworkError) -> HTTPListener {
        var policy = ListenerPolicy.readOnly
        policy.hosts = .own(names: plan.names)
        let front = HTTPFront(
            routes: { [weak self] in
                await self?.answer($0, access: .read) ?? .problem(503, "stopping", "the host is stopping")
            }, events: events)
        var wanted = address
        while true {
            do throws(NetworkError) {
                return try loop.listen(on: wanted, policy: policy) { await front.answer($0) }
            } catch {
                guard case .addressInUse = error, whenTaken == .next,
                    wanted.port - address.port < Self.furtherPorts, wanted.port < .max
                else { throw error }
                log.write(.warning, "port \(wanted.port) is taken by another program; trying \(wanted.port + 1)")
                wanted = ListenAddress(host: address.host, port: wanted.port + 1)
            }
        }
    }

    private func complain(_ error: NetworkError) async {
        log.write(.error, "\(error)")
        await control.addAlarm("\(error)")
    }

    /// What is served at present.
    struct Served {
        var plan: HTTPPlan
        var loop: NetworkLoop
        var listeners: [HTTPListener]
    }
}
