import DriverAPI
import ReadPlanning

/// One device profile, checked and compiled: lanes are expanded, addresses are on the wire, values are canonical.
public struct DeviceProfile: Sendable {
    /// `vendor.model`.
    public var id: String
    /// The semantic version, part by part.
    public var version: [Int]
    /// The device's class.
    public var deviceClass: DeviceClass
    /// The title, at most 60 characters.
    public var title: LocalizedText
    /// The products that it serves.
    public var products: [Product]
    /// The SPDX id of the profile's licence.
    public var license: String
    /// Where the facts come from.
    public var sources: [Source]
    /// Notes for the installer.
    public var notes: [LocalizedText]
    /// Features and plug-ins beyond version 1 that it needs.
    public var needs: [String]
    /// How to reach it and how fast.
    public var link: LinkDefinition
    /// What a request may do.
    public var modbus: ModbusDefinition
    /// Parameters asked once per device, in the order of the file.
    public var options: [OptionDefinition]
    /// How to recognise the device.
    @Shared public var identify: Identification?
    /// The points, in the order of the file.
    public var points: [PointDefinition]
    /// The commands.
    @Shared public var control: Control
    /// What is written after each connect.
    public var initWrites: [InitWrite]
    /// The watchdog; nil for a profile without the section.
    @Shared public var keepAlive: KeepAlive?
    /// Patches that hold under conditions, in the order of the file.
    public var variants: [Variant]
    /// Register images by name.
    public var fixtures: [String: Fixture]
    /// The tests, in the order of the file.
    public var tests: [ProfileTest]

    private var index: [String: Int] = [:]

    /// Makes a profile.
    public init(
        id: String, version: [Int], deviceClass: DeviceClass, title: LocalizedText, products: [Product] = [],
        license: String = "", sources: [Source] = [], notes: [LocalizedText] = [], needs: [String] = [],
        link: LinkDefinition = .init(), modbus: ModbusDefinition = .init(), options: [OptionDefinition] = [],
        identify: Identification? = nil, points: [PointDefinition] = [], control: Control = .init(),
        initWrites: [InitWrite] = [], keepAlive: KeepAlive? = nil, variants: [Variant] = [],
        fixtures: [String: Fixture] = [:], tests: [ProfileTest] = []
    ) {
        self.id = id
        self.version = version
        self.deviceClass = deviceClass
        self.title = title
        self.products = products
        self.license = license
        self.sources = sources
        self.notes = notes
        self.needs = needs
        self.link = link
        self.modbus = modbus
        self.options = options
        _identify = Shared(wrappedValue: identify)
        self.points = points
        _control = Shared(wrappedValue: control)
        self.initWrites = initWrites
        _keepAlive = Shared(wrappedValue: keepAlive)
        self.variants = variants
        self.fixtures = fixtures
        self.tests = tests
        index = Dictionary(points.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    }

    /// The point called `name`.
    public func point(_ name: String) -> PointDefinition? { index[name].map { points[$0] } }
    /// The position of the point called `name` in ``points``.
    public func position(of name: String) -> Int? { index[name] }
    /// The version as text, such as `0.1.0`.
    public var versionText: String { version.map(String.init).joined(separator: ".") }
}

/// One product that a profile serves.
public struct Product: Hashable, Sendable, Codable {
    /// The brand on the case.
    public var brand: String
    /// The model.
    public var model: String
    /// The profile id of the original, for a white label.
    public var whiteLabelOf: String?

    /// Makes a product.
    public init(brand: String, model: String, whiteLabelOf: String? = nil) {
        self.brand = brand
        self.model = model
        self.whiteLabelOf = whiteLabelOf
    }
}

/// Where a profile's facts come from.
public struct Source: Hashable, Sendable, Codable {
    /// The kinds of source.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case vendorRegisterTable = "vendor-register-table"
        case vendorSource = "vendor-source"
        case measured
        case thirdPartyReport = "third-party-report"
    }
    /// Its kind.
    public var kind: Kind
    /// Its title.
    public var title: String?
    /// Its address.
    public var url: String?
    /// Its revision.
    public var revision: String?
    /// The pages used.
    public var pages: String?

    /// Makes a source.
    public init(kind: Kind, title: String? = nil, url: String? = nil, revision: String? = nil, pages: String? = nil) {
        self.kind = kind
        self.title = title
        self.url = url
        self.revision = revision
        self.pages = pages
    }
}
