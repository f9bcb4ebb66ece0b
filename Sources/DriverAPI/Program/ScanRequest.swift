/// Where a driver is to look for devices.
public struct ScanRequest: Hashable, Sendable {
    /// Hosts, networks (`192.168.1.0/24`) or lines, as the driver's addresses are written; empty for wherever it can look.
    public var addresses: [String]
    /// How long it may take; what was found by then is returned.
    public var limit: Duration

    /// Makes a request.
    public init(addresses: [String] = [], limit: Duration = .seconds(30)) {
        self.addresses = addresses
        self.limit = limit
    }

    package init(_ fields: WireFields) throws(WireFault) {
        self.init(
            addresses: try fields.texts("addresses") ?? [], limit: try fields.seconds("limit_s") ?? .seconds(30))
    }

    package var json: JSON {
        ["addresses": .array(addresses.map(JSON.string)), "limit_s": .number(limit.exactSeconds)]
    }
}

/// A device that a driver found.
public struct FoundDevice: Hashable, Sendable {
    /// The address to write into the site file.
    public var address: String
    /// Its class.
    public var deviceClass: DeviceClass
    /// vendor, model, serial, firmware, as far as known.
    public var identity: [String: String]
    /// The options to write into the site file.
    public var options: [String: String]

    /// Makes a device that was found.
    public init(
        address: String, deviceClass: DeviceClass, identity: [String: String] = [:], options: [String: String] = [:]
    ) {
        self.address = address
        self.deviceClass = deviceClass
        self.identity = identity
        self.options = options
    }

    package init(_ json: JSON, at path: String) throws(WireFault) {
        let fields = try WireFields(json, at: path)
        guard let deviceClass = try fields.word("class", DeviceClass.self) else {
            throw .missing(fields.place("class"), expected: "the class of the device")
        }
        self.init(
            address: try fields.neededText("address"), deviceClass: deviceClass,
            identity: try fields.words("identity"), options: try fields.words("options"))
    }

    package var json: JSON {
        [
            "address": .string(address), "class": .string(deviceClass.rawValue),
            "identity": .object(identity.mapValues(JSON.string)), "options": .object(options.mapValues(JSON.string)),
        ]
    }
}
