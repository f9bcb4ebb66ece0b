import DriverAPI
import Foundation
import Modbus

/// The lines of a command: those that a running host has open are used through it, others are opened here.
///
/// A serial line has one master, and many devices take a single TCP connection: a second one would throw the host out,
/// or be refused.
public struct SharedLines: LinkSource {
    /// The host's names of serial lines.
    let aliases: [String: String]
    private let client: ControlClient?
    private let lines: [String: String]
    private let own = BusPool()

    /// Lines that no host has.
    public init() { self.init(client: nil, aliases: [:], lines: [:]) }

    private init(client: ControlClient?, aliases: [String: String], lines: [String: String]) {
        self.client = client
        self.aliases = aliases
        self.lines = lines
    }

    /// The lines of the host on the data folder `data`, or on one of this user's folders; none where no host runs.
    public init(data: String?) async {
        guard let folder = RunningHosts.folder(given: data) else {
            self.init()
            return
        }
        await self.init(ControlClient(folder: folder))
    }

    init(_ client: ControlClient) async {
        let response = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/bus"))
        guard let response, response.status == 200,
            let known = try? JSONDecoder().decode(BusList.self, from: Data(response.body))
        else {
            self.init()
            return
        }
        let lines = known.lines.compactMap { text in
            (try? Address(text).endpoint).map { (Self.key($0), text) }
        }
        self.init(
            client: client, aliases: known.serial, lines: Dictionary(lines, uniquingKeysWith: { first, _ in first }))
    }

    /// The host's line where it has it, else one of this process.
    public func link(to endpoint: Endpoint) throws(EndpointClash) -> OpenLink {
        guard let client, let line = lines[Self.key(endpoint)] else { return try own.link(to: endpoint) }
        if case .serial(_, let wanted) = endpoint, let theirs = try? Address(line).endpoint,
            case .serial(_, let inUse) = theirs, wanted != inUse
        {
            throw EndpointClash(wanted: endpoint, inUse: theirs)
        }
        return OpenLink(
            RelayedLink { pdu, unit, options throws(LinkError) in
                try await Self.relay(BusExchange(line: line, unit: unit, pdu: pdu, options), client)
            }
        ) {}
    }

    private static func relay(_ exchange: BusExchange, _ client: ControlClient) async throws(LinkError) -> [UInt8] {
        guard let body = try? JSONEncoder().encode(exchange) else { throw .refused("it cannot be encoded") }
        let response: ControlResponse
        do {
            response = try await client.send(
                ControlRequest(method: "POST", path: "/api/v1/bus/exchange", body: Array(body)))
        } catch {
            throw .unreachable("the running host does not answer any more: \(error)")
        }
        guard let outcome = try? JSONDecoder().decode(BusExchange.Outcome.self, from: Data(response.body)) else {
            throw .unreachable("the running host answered with status \(response.status)")
        }
        return try outcome.pdu()
    }

    /// What two spellings of one line have in common: the device file at the end of all links, as it is now.
    private static func key(_ endpoint: Endpoint) -> String {
        guard case .serial(let path, _) = endpoint, let file = try? SerialAdapters.machine.resolved(path) else {
            return endpoint.channel
        }
        return DeviceFile.canonical(file) ?? file
    }
}
