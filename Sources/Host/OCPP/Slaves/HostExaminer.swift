import Licensing
import OCPP
import OCPPSlave
import Synchronization

/// Asks the slaves that are a chargehost, after every connect, to prove that they are a Power Brain.
final class HostExaminer: Sendable {
    private struct State {
        /// What came of it, for slaves that are connected.
        var standings: [ChargePointID: HostStanding] = [:]
        /// The number of the connection, by slave: an answer counts for the one it was asked on.
        var rounds: [ChargePointID: Int] = [:]
    }

    typealias Ask =
        @Sendable (DataTransferRequest, ChargePointID) async -> Result<DataTransferResponse, SlaveCallError>

    private let keys: VendorKeys
    private let log: HostLog
    private let state = Mutex(State())

    /// Examines by the vendor's keys.
    init(keys: VendorKeys, log: HostLog) {
        self.keys = keys
        self.log = log
    }

    /// What a slave that is connected has proven; nil before it was asked, and of one that is not.
    func standing(of slave: ChargePointID) -> HostStanding? { state.withLock { $0.standings[slave] } }

    /// A slave is set up: it is asked, unless it says that it is something else than a chargehost.
    func begin(_ slave: ChargePointID, vendor: String?, ask: @escaping Ask) {
        let round = state.withLock { state in
            state.rounds[slave, default: 0] += 1
            return state.rounds[slave, default: 0]
        }
        if let vendor, vendor != IdentityQuestion.vendor { return settle(slave, round, .stranger) }
        Task { await self.examine(slave, round, ask) }
    }

    /// A slave is not connected any more.
    func end(_ slave: ChargePointID) {
        state.withLock { state in
            state.rounds[slave, default: 0] += 1
            state.standings[slave] = nil
        }
    }

    private func examine(_ slave: ChargePointID, _ round: Int, _ ask: Ask) async {
        guard let random = HostProof.newChallenge() else {
            return settle(slave, round, .refused(.noAnswer("the system gives no random numbers to ask it with")))
        }
        switch await ask(IdentityQuestion.request(random), slave) {
        case .success(let response):
            let name = slave.description
            settle(slave, round, IdentityQuestion.standing(response, to: random, slave: name, keys: keys))
        // The next connection asks anew.
        case .failure(.notConnected): break
        case .failure(let error): settle(slave, round, .refused(.noAnswer(error.description)))
        }
    }

    private func settle(_ slave: ChargePointID, _ round: Int, _ standing: HostStanding) {
        let isNews = state.withLock { state in
            guard state.rounds[slave] == round else { return false }
            state.standings[slave] = standing
            return true
        }
        guard isNews else { return }
        switch standing {
        case .proven(let host): log.write(.info, "slave \(slave): the Power Brain \(host.description.prefix(16))…")
        case .refused(let why): log.write(.info, "slave \(slave): it has not proven to be a Power Brain: \(why)")
        case .stranger: break
        }
    }
}
