import DriverAPI
import Licensing
import Modbus
import ReadPlanning
import Synchronization

/// Asks the chargehosts that show boxes with the registers of a Power Brain to prove that they are one.
///
/// A unit is asked once while it is online, and after a refusal again from time to time: it may have got its certificate.
final class ModbusExaminer: Sendable {
    /// A unit on the wire.
    struct Unit: Sendable {
        var line: Bus
        var id: UInt8
    }

    /// A device that was asked.
    private struct Asked {
        var serial: String
        var standing: HostStanding?
        /// When it is asked again; nil while it is asked, and after a proof.
        var again: MonotonicTime?
    }

    /// After a refusal it is asked again.
    private static let pause = Duration.seconds(600)
    /// After no answer it is asked again.
    private static let retry = Duration.seconds(30)

    private let keys: VendorKeys
    private let clock: any SiteClock
    private let log: HostLog
    private let devices = Mutex<[String: Asked]>([:])

    /// Examines by the vendor's keys.
    init(keys: VendorKeys, clock: any SiteClock, log: HostLog) {
        self.keys = keys
        self.clock = clock
        self.log = log
    }

    /// What the hosts of devices have proven, by device.
    var standings: [String: HostStanding] { devices.withLock { $0.compactMapValues(\.standing) } }

    /// Looks who is to be asked, and asks; `unit` says where a device is on the wire. Returns at once.
    func look(_ states: [DeviceState], unit: (SiteDevice) -> Unit?) {
        let shown = states.compactMap { state -> (SiteDevice, String)? in
            guard state.deviceClass == .wallbox, case .online = state.link,
                let serial = state.description?.identity["serial"], serial.hasPrefix("CH")
            else { return nil }
            return (state.entry, serial)
        }
        let present = Set(shown.map(\.0.id))
        devices.withLock { devices in devices = devices.filter { present.contains($0.key) } }
        for (device, serial) in shown where begin(device.id, serial) {
            guard let unit = unit(device) else {
                note(device.id, serial, nil)
                continue
            }
            Task { await self.examine(device.id, serial, unit) }
        }
    }

    /// Whether a device is to be asked now; it then counts as being asked.
    private func begin(_ device: String, _ serial: String) -> Bool {
        let now = clock.now
        return devices.withLock { devices in
            if let asked = devices[device], asked.serial == serial {
                guard let again = asked.again, now >= again else { return false }
                devices[device]?.again = nil
                return true
            }
            devices[device] = Asked(serial: serial)
            return true
        }
    }

    private func examine(_ device: String, _ serial: String, _ unit: Unit) async {
        guard let random = HostProof.newChallenge() else { return note(device, serial, nil) }
        switch await ask(random, unit) {
        case .success(let words): note(device, serial, standing(words, random, serial))
        case .failure(.exception): note(device, serial, .refused(.unknownQuestion))
        // It says nothing of the host: what was proven before still stands.
        case .failure: note(device, serial, nil)
        }
    }

    private func ask(_ random: [UInt8], _ unit: Unit) async -> Result<[UInt16], LinkError> {
        let options = RequestOptions()
        let question = WriteRequest(
            function: 16, address: UInt16(IdentityRegisters.question.lowerBound), words: Words.big(random))
        let proof = ReadRequest(
            .holding, at: UInt16(IdentityRegisters.proof.lowerBound), count: UInt16(IdentityRegisters.proof.count))
        do throws(LinkError) {
            try await unit.line.write(question, unit: unit.id, options: options)
            return .success(try await unit.line.read(proof, unit: unit.id, options: options))
        } catch {
            return .failure(error)
        }
    }

    private func standing(_ words: [UInt16], _ random: [UInt8], _ serial: String) -> HostStanding {
        guard words.contains(where: { $0 != 0 }) else { return .refused(.noCertificate) }
        guard let proof = HostProof(bytes: Words.bytes(words)) else { return .refused(.malformed) }
        do throws(HostProofRefusal) {
            try proof.check(random, on: IdentityRegisters.connection(serial), keys: keys)
            return .proven(proof.host)
        } catch {
            return .refused(error)
        }
    }

    /// Keeps what came of it; nil where nothing did.
    private func note(_ device: String, _ serial: String, _ standing: HostStanding?) {
        let now = clock.now
        let isNews = devices.withLock { devices in
            guard let asked = devices[device], asked.serial == serial else { return false }
            guard let standing else {
                devices[device]?.again = now.advanced(by: Self.retry)
                return false
            }
            devices[device]?.standing = standing
            if case .proven = standing { return asked.standing != standing }
            devices[device]?.again = now.advanced(by: Self.pause)
            return asked.standing != standing
        }
        guard isNews, let standing else { return }
        switch standing {
        case .proven(let host): log.write(.info, "\(device): the Power Brain \(host.description.prefix(16))…")
        case .refused(let why): log.write(.info, "\(device): it has not proven to be a Power Brain: \(why)")
        case .stranger: break
        }
    }
}
