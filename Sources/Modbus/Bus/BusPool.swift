import Synchronization

/// One bus for each endpoint, shared by all devices on it.
public final class BusPool: Sendable {
    private struct Entry {
        var bus: Bus
        var users: Int
    }

    private let reserve: DescriptorReserve
    private let adapters: SerialAdapters
    private let buses = Mutex<[String: Entry]>([:])

    /// Makes an empty pool.
    public init(reserve: DescriptorReserve = .shared, adapters: SerialAdapters = .machine) {
        self.reserve = reserve
        self.adapters = adapters
    }

    /// The bus of an endpoint; each call needs one ``release(_:)``.
    ///
    /// Throws when the line is in use with other parameters: one line has one speed.
    public func bus(for endpoint: Endpoint) throws(EndpointClash) -> Bus {
        let (reserve, adapters) = (reserve, adapters)
        let outcome: Result<Bus, EndpointClash> = buses.withLock { buses in
            if var entry = buses[endpoint.channel] {
                guard entry.bus.endpoint == endpoint else {
                    return .failure(EndpointClash(wanted: endpoint, inUse: entry.bus.endpoint))
                }
                entry.users += 1
                buses[endpoint.channel] = entry
                return .success(entry.bus)
            }
            let bus = Bus(endpoint, reserve: reserve, adapters: adapters)
            buses[endpoint.channel] = Entry(bus: bus, users: 1)
            return .success(bus)
        }
        return try outcome.get()
    }

    /// Gives a bus back; the last user's release closes it.
    public func release(_ bus: Bus) {
        let unused: Bus? = buses.withLock { buses in
            guard var entry = buses[bus.endpoint.channel], entry.bus === bus else { return nil }
            entry.users -= 1
            buses[bus.endpoint.channel] = entry.users > 0 ? entry : nil
            return entry.users > 0 ? nil : bus
        }
        unused?.close()
    }

    /// The buses in use, in the order of their addresses.
    public var all: [Bus] {
        buses.withLock { $0.values.map(\.bus) }.sorted { $0.endpoint.description < $1.endpoint.description }
    }

    /// Closes every bus.
    public func close() {
        let all = buses.withLock { buses in
            defer { buses.removeAll() }
            return buses.values.map(\.bus)
        }
        for bus in all { bus.close() }
    }
}

/// Two devices name one line with different parameters.
public struct EndpointClash: Error, Hashable, CustomStringConvertible {
    /// What was asked for.
    public var wanted: Endpoint
    /// What the line is used with.
    public var inUse: Endpoint

    /// Makes one.
    public init(wanted: Endpoint, inUse: Endpoint) {
        self.wanted = wanted
        self.inUse = inUse
    }

    /// What clashes, and what to do.
    public var description: String {
        "\(wanted) clashes with \(inUse): all devices on one line need the same speed, parity and stop bits"
    }
}
