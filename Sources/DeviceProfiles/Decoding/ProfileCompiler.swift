import DriverAPI
import ReadPlanning
import YAML

/// Turns one node tree, with or without variants applied, into a compiled profile.
///
/// Findings go to `list`; what could not be read is left out, and names of it fit everywhere, so that one mistake is
/// reported once. One compiler serves one tree.
final class ProfileCompiler {
    let root: Node
    let list: DiagnosticList
    var head: ProfileHead
    var modbus = ModbusDefinition()
    /// The order of values of several registers, and of single types.
    var order = WordOrder.big
    var orders: [RawType: WordOrder] = [:]
    /// The entries of `points`, in the order of the file.
    var sources: [PointSource] = []
    /// The entry and lane of every point.
    var sourceOfPoint: [String: (source: Int, lane: Int)] = [:]
    /// The full names of every `name.*`, by name.
    var lanes: [String: [String]] = [:]
    var pointNames: [String] = []
    /// What is known of the entries' values so far.
    var shapes: [PointShape.State] = []
    /// How many entries are being worked out, one for the other.
    var shapeDepth = 0
    /// The points compiled so far, in the order of the file.
    var points: [PointDefinition] = []
    var indexOfPoint: [String: Int] = [:]
    /// The entry and lane of each compiled point.
    var origins: [(source: Int, lane: Int)] = []
    /// The set-point of the charge block.
    var setPoint: String?

    /// A compiler for the profile as it stands in the file.
    init(root: Node, list: DiagnosticList) {
        self.root = root
        self.list = list
        head = ProfileHead()
    }

    /// A compiler for the same profile with variants applied: `root` is the patched tree.
    init(root: Node, list: DiagnosticList, head: ProfileHead) {
        self.root = root
        self.list = list
        self.head = head
    }

    /// Compiles what the file says without variants; `variants`, `fixtures` and `tests` are left empty.
    func compileBase() -> DeviceProfile {
        decodeClass()
        decodeModbus()
        decodeDefaults()
        decodeOptions()
        decodeIdentify()
        var profile = decodeTexts()
        profile.link = decodeLink()
        profile.options = head.options
        profile.identify = head.identify
        return compileDevice(profile)
    }

    /// Compiles a patched tree; what no variant changes is taken from `base`.
    func compileVariant(of base: DeviceProfile) -> DeviceProfile {
        decodeModbus()
        var profile = base
        if let timing = root[text: "link"]?[text: "timing"] { profile.link.timing = decodeTiming(timing) }
        return compileDevice(profile)
    }

    private func compileDevice(_ start: DeviceProfile) -> DeviceProfile {
        declarePoints()
        setPoint = nameOfSetPoint()
        compilePoints()
        checkPoints()
        let control = decodeControl()
        let keepAlive = decodeKeepAlive()
        return DeviceProfile(
            id: start.id, version: start.version, deviceClass: start.deviceClass, title: start.title,
            products: start.products, license: start.license, sources: start.sources, notes: start.notes,
            needs: start.needs, link: start.link, modbus: modbus, options: start.options, identify: start.identify,
            points: points + identityPoints(), control: control, initWrites: decodeInit(), keepAlive: keepAlive,
            variants: start.variants, fixtures: start.fixtures, tests: start.tests)
    }

    /// The point called `name`, as far as it could be read.
    func compiled(_ name: String) -> PointDefinition? { indexOfPoint[name].map { points[$0] } }

    /// Reports a finding.
    func report(_ code: DiagnosticCode, at mark: Mark, _ message: String, _ subject: String? = nil) {
        list.add(code, at: mark, message, subject: subject)
    }

    /// Reports what is wrong with a literal.
    func report(_ problem: ValueProblem, at mark: Mark, else code: DiagnosticCode, _ subject: String? = nil) {
        let known = problem.code.flatMap(DiagnosticCode.init(rawValue:))
        list.add(known ?? code, at: mark, problem.description, subject: subject)
    }

    /// The point's type in expressions; nil when there is no such point.
    func type(ofPoint name: String) -> ExpressionType? {
        if let place = sourceOfPoint[name] {
            guard let shape = shape(of: place.source) else { return .unknown }
            return type(of: shape.kind, canonical: sources[place.source].canonical)
        }
        return Self.identityNames.contains(name) ? head.factTypes[name] : nil
    }

    /// A kind's type in expressions; a canonical point knows all its canonical members.
    func type(of kind: ValueRule.Kind, canonical: CanonicalPoint?) -> ExpressionType {
        guard case .member(let members) = kind, let all = canonical?.members else { return ExpressionType(kind) }
        return .member(members + all.filter { !members.contains($0) })
    }

    /// Facts of these names become points of their own.
    static let identityNames: Set<String> = ["vendor", "model", "serial", "firmware", "hardware"]

    private func identityPoints() -> [PointDefinition] {
        (head.identify?.facts ?? []).filter { Self.identityNames.contains($0.name) && sourceOfPoint[$0.name] == nil }
            .map { fact in
                var value = ValueRule()
                value.kind = fact.value.kind
                return PointDefinition(
                    name: fact.name, mark: fact.mark, origin: .expression(.name(.fact(fact.name))), value: value,
                    poll: .static)
            }
    }
}
