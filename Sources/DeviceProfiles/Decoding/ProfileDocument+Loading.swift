import DriverAPI
import YAML

extension ProfileDocument {
    /// Reads, checks and compiles a profile; all findings at once, in the order of the file.
    ///
    /// `file` is how findings name it. Reads no file: the bytes are given. At most 256 KB of UTF-8.
    public static func load(_ bytes: [UInt8], file: String) -> ProfileLoad {
        let list = DiagnosticList(file: file)
        let (root, problems) = YAMLReader.read(bytes)
        for problem in problems { list.add(problem) }
        guard let root, isReadable(root, list) else { return ProfileLoad(document: nil, diagnostics: list.sorted) }
        let needs = Set(root[text: "needs"]?.texts ?? [])
        let structure = StructureCheck(list: list, needs: needs, isPatch: false)
        structure.check(root, .document)
        guard checkNeeds(root, list) else { return ProfileLoad(document: nil, diagnostics: list.sorted) }

        let compiler = ProfileCompiler(root: root, list: list)
        var profile = compiler.compileBase()
        compiler.checkDevice(profile)
        let variants = decodeVariants(compiler)
        profile.variants = variants.map(\.variant)
        profile.fixtures = compiler.decodeFixtures()
        compiler.checkFixtures(profile)
        let check = VariantCheck(
            root: root, base: compiler, profile: profile, list: list, needs: needs, nodes: variants.map(\.node))
        var single = check.compileAll()
        profile.tests = decodeTests(compiler, profile, Array(single.values))
        for key in single.keys { single[key]?.tests = profile.tests }
        guard !list.hasErrors else { return ProfileLoad(document: nil, diagnostics: list.sorted) }
        let document = ProfileDocument(
            profile: profile, file: file, root: root, head: compiler.head, single: single)
        return ProfileLoad(document: document, diagnostics: list.sorted)
    }

    /// A mapping of a version that this host reads.
    private static func isReadable(_ root: Node, _ list: DiagnosticList) -> Bool {
        guard root.mapping != nil else {
            list.add(.wrongKind, at: root.mark, "a profile is a mapping that begins with `schema: profile/1`")
            return false
        }
        guard let schema = root[text: "schema"], let text = schema.text, text != "profile/1", text.hasPrefix("profile/")
        else { return true }
        list.add(.needs, at: schema.mark, "this host reads profile/1, not \"\(text.shown)\"")
        return false
    }

    private static func checkNeeds(_ root: Node, _ list: DiagnosticList) -> Bool {
        var hasAll = true
        for node in root[text: "needs"]?.sequence ?? [] {
            guard let need = node.text, !features.contains(need) else { continue }
            let what = need.hasPrefix("plugin:") ? "the plug-in \(need.dropFirst(7))" : "the feature \"\(need.shown)\""
            list.add(.needs, at: node.mark, "this host does not have \(what)")
            hasAll = false
        }
        return hasAll
    }

    private static func decodeVariants(_ compiler: ProfileCompiler) -> [(variant: Variant, node: Node)] {
        let scope = NameScope(compiler: compiler, allowsPoints: false)
        return (compiler.root[text: "variants"]?.sequence ?? []).compactMap { node in
            let name = node[text: "name"]?.text
            let subject = name.map { "variant \($0)" }
            guard let when = compiler.condition(node[text: "when"], in: scope, subject) else { return nil }
            return (Variant(name: name, when: when, patch: patch(of: node)), node)
        }
    }

    /// What a variant changes; how addresses are counted is not among it.
    private static func patch(of node: Node) -> Node {
        let pairs = (node.without("when", "name").mapping ?? []).map { key, value in
            (key: key, value: key.text == "modbus" ? value.without("addressing") : value)
        }
        return Node(mark: node.mark, content: .mapping(pairs))
    }

    private static func decodeTests(
        _ compiler: ProfileCompiler, _ profile: DeviceProfile, _ variants: [DeviceProfile]
    ) -> [ProfileTest] {
        var points: [String: PointDefinition] = [:]
        for profile in variants + [profile] { for point in profile.points { points[point.name] = point } }
        let decoder = TestDecoder(
            compiler: compiler, fixtures: Set((compiler.root[text: "fixtures"]?.mapping ?? []).compactMap(\.key.text)),
            points: points, control: profile.control)
        return decoder.decode()
    }
}
