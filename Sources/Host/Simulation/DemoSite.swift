import DeviceProfiles
import DriverAPI
import Modbus
import Simulator

/// The simulated site of `demo`: a box of our own, two boxes of other makes, a grid meter, a house, and sun with a meter
/// of its own, answering over real Modbus TCP on loopback. Its day begins in the afternoon.
public final class DemoSite: Sendable {
    /// The site that a host can run.
    public let site: Site
    private let server: SimulatorServer
    private let world: SimulatedSite
    private let traffic: DemoTraffic

    /// Starts the devices; `speed` seconds of house, sun and cars pass in one.
    ///
    /// Throws when a profile of the library is missing or broken, or no port is free.
    public init(library: ProfileLibrary, clock: any SiteClock, speed: Int = 1) throws {
        let now = clock.now
        func device(_ profile: String, _ fixture: String) throws -> SimulatedDevice {
            guard let document = try library.load(profile).document else { throw SimulationProblem.profile(profile) }
            return try SimulatedDevice(document, fixture: fixture, start: now)
        }
        let own = try device("cfos.power-brain", "charging")
        let north = try device("keba.p30", "charging")
        let south = try device("bender.cc612", "charging")
        let meter = try device("eastron.sdm630", "three_phase")
        let sun = try device("eastron.sdm630", "three_phase")
        world = SimulatedSite(
            boxes: [
                .init(id: "garage", device: own),
                .init(id: "north", device: north, wiring: PhaseWiring("231") ?? .straight),
                .init(id: "south", device: south, wiring: PhaseWiring("312") ?? .straight),
            ], meters: [.init(device: meter, place: .grid), .init(device: sun, place: .sun)],
            house: HouseProfile(), sun: Sun(peak: 8000), hour: 16.5, speed: Double(speed), start: now)
        server = try SimulatorServer(site: world)
        let ports = try [own, north, south, meter, sun].map { [server] device in
            try server.serve([device.profile.link.defaultUnit: device], port: 0).port
        }
        site = Self.site(ports)
        traffic = DemoTraffic(boxes: [own, north, south], start: now, speed: Double(speed))
        traffic.step(to: now)
    }

    /// Lets cars come and go until the task is cancelled.
    public func run(clock: any SiteClock) async {
        while !Task.isCancelled {
            let now = clock.now
            traffic.step(to: now)
            world.advance(to: now)
            do { try await clock.sleep(.milliseconds(200)) } catch { break }
        }
        server.close()
    }

    /// What flows through the supply now, in W per phase.
    public func supply(at moment: MonotonicTime) -> [Int] { world.power(of: .grid, at: moment) }

    private static func site(_ ports: [Int]) -> Site {
        Site(
            name: "Demo",
            supply: SiteCircuit(id: "supply", limit: [35, 35, 35], reserve: 1, meter: "grid", meterLost: 16),
            circuits: [SiteCircuit(id: "parking", parent: "supply", limit: [25, 25, 25])],
            devices: [
                SiteDevice(id: "grid", profile: "eastron.sdm630", address: "127.0.0.1:\(ports[3])", role: .grid),
                SiteDevice(
                    id: "sun", profile: "eastron.sdm630", address: "127.0.0.1:\(ports[4])", role: .production),
                SiteDevice(
                    id: "garage", own: true, profile: "cfos.power-brain", address: "127.0.0.1:\(ports[0])",
                    options: ["rated_current": "16 A"]),
                SiteDevice(
                    id: "north", profile: "keba.p30", address: "127.0.0.1:\(ports[1])", circuit: "parking",
                    rotation: "231"),
                SiteDevice(
                    id: "south", profile: "bender.cc612", address: "127.0.0.1:\(ports[2])", circuit: "parking",
                    rotation: "312"),
            ])
    }
}
