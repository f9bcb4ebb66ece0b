/// A driver: opens devices of the kinds its manifest names.
public protocol Driver: Sendable {
    /// The driver's name, as site files and logs show it.
    var name: String { get }

    /// Opens a device. Returns at once: connecting is the device's own work, reported through its updates.
    ///
    /// Throws ``DriverError/configuration(_:)`` for options or an address that cannot be right.
    func open(_ device: DeviceConfiguration, context: DriverContext) async throws(DriverError) -> any Device
}

/// What the site file says of one device.
public struct DeviceConfiguration: Hashable, Sendable, Codable {
    /// The device's id in the site file.
    public var id: String
    /// The profile's id or path, or what else the driver needs to know the kind.
    public var profile: String
    /// The driver program that serves it; nil where a profile says how.
    public var driver: String?
    /// The address as written.
    public var address: String
    /// The unit id; nil for the profile's default.
    public var unit: Int?
    /// The options as written, by name.
    public var options: [String: String]
    /// The charge value told last before this start, in A or W; nil when never told.
    public var lastTold: Exact?

    /// Makes a configuration.
    public init(
        id: String, profile: String, driver: String? = nil, address: String, unit: Int? = nil,
        options: [String: String] = [:], lastTold: Exact? = nil
    ) {
        self.id = id
        self.profile = profile
        self.driver = driver
        self.address = address
        self.unit = unit
        self.options = options
        self.lastTold = lastTold
    }
}

/// What the host gives a driver to work with.
public struct DriverContext: Sendable {
    /// The clock; never another one.
    public var clock: any SiteClock
    /// A small store for counters that must last, kept apart per device.
    public var store: any DriverStore
    /// Takes a line for the log.
    public var log: @Sendable (LogLevel, String) -> Void
    /// Asked before everything that is written, but for stops and lowerings.
    public var permission: WritePermission

    /// Makes a context.
    public init(
        clock: any SiteClock, store: any DriverStore, permission: WritePermission = .granted,
        log: @escaping @Sendable (LogLevel, String) -> Void = { _, _ in }
    ) {
        self.clock = clock
        self.store = store
        self.permission = permission
        self.log = log
    }
}

/// How important a line of the log is.
public enum LogLevel: String, Sendable, Codable, CaseIterable { case debug, info, warning, error }

/// A small store that survives restarts; a value is durable when `set` returned.
public protocol DriverStore: Sendable {
    /// The value of `key`, nil if there is none.
    func value(_ key: String) async -> String?
    /// Stores `value` under `key`; nil removes it.
    func set(_ key: String, to value: String?) async throws(DriverError)
}

/// A store that lasts as long as the process; for tests and one-shot commands.
public actor MemoryDriverStore: DriverStore {
    private var values: [String: String]

    /// Makes a store holding `values`.
    public init(_ values: [String: String] = [:]) { self.values = values }

    /// The value of `key`, nil if there is none.
    public func value(_ key: String) -> String? { values[key] }
    /// Stores `value` under `key`; nil removes it.
    public func set(_ key: String, to value: String?) { values[key] = value }
}
