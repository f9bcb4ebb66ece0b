import DeviceProfiles
import DriverAPI
import Modbus

/// One device that somebody wants to have simulated: `PROFILE[@FIXTURE]`, where, and as which unit.
public struct SimulationOrder: Hashable, Sendable {
    /// The profile's id or path.
    public var profile: String
    /// The fixture; nil: the one of the profile's first test.
    public var fixture: String?
    /// Where it listens, as written: an address of the site file, `HOST:0` for a free port, `pty` with or without line
    /// parameters for a new pseudo-terminal.
    public var listen: String
    /// The unit id; nil: the profile's default.
    public var unit: Int?
    /// The options, as the site file writes them.
    public var options: [String: String]

    /// Takes `PROFILE[@FIXTURE]` apart; the last `@` counts.
    public init(_ profile: String, listen: String, unit: Int? = nil, options: [String: String] = [:]) {
        let at = profile.lastIndex(of: "@")
        self.profile = at.map { String(profile[..<$0]) } ?? profile
        fixture = at.map { String(profile[profile.index(after: $0)...]) }
        self.listen = listen
        self.unit = unit
        self.options = options
    }

    /// Whether another order asks for the same profile, fixture and options.
    func isSameKind(as other: SimulationOrder) -> Bool {
        profile == other.profile && fixture == other.fixture && options == other.options
    }

    /// The place of a pseudo-terminal before it is made.
    static let pseudoTerminal = "/dev/pty"

    /// Where it listens; what the address leaves out comes from the profile.
    public func endpoint(of profile: DeviceProfile) throws(SimulationProblem) -> Endpoint {
        let isFree = listen.hasSuffix(":0")
        var text = isFree ? listen.dropLast() + "1" : listen
        if text == "pty" || text.hasPrefix("pty,") { text = SimulationOrder.pseudoTerminal + text.dropFirst(3) }
        let serial = profile.link.serial.map {
            LineParameters(baud: $0.baud, data: $0.data, parity: $0.parity, stop: $0.stop)
        }
        let address: Address
        do throws(AddressError) {
            address = try Address(text, defaults: .init(tcpPort: profile.link.tcpPort ?? 502, serial: serial))
        } catch {
            throw .address(error)
        }
        switch address.endpoint {
        case .tcp(let host, _) where isFree: return .tcp(host: host, port: 0)
        case .rtuOverTCP(let host, _) where isFree: return .rtuOverTCP(host: host, port: 0)
        case .some(let endpoint): return endpoint
        case nil: throw .place(listen)
        }
    }

    /// The unit id it answers to.
    public func unitID(of profile: DeviceProfile, on endpoint: Endpoint) throws(SimulationProblem) -> UInt8 {
        let allowed = endpoint.isRTU ? 1...247 : 0...255
        let number = unit ?? Int(profile.link.defaultUnit)
        guard allowed.contains(number), let id = UInt8(exactly: number) else {
            throw .unit(number, allowed: allowed)
        }
        return id
    }
}
