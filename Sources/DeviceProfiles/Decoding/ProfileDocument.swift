import DriverAPI
import YAML

/// A profile that was read, checked and compiled; immutable, and safe to share between tasks.
public struct ProfileDocument: Sendable {
    /// The profile without any variant applied.
    public let profile: DeviceProfile
    /// The file as the caller named it.
    public let file: String

    let root: Node
    private let head: ProfileHead
    private let cache: VariantCache

    init(profile: DeviceProfile, file: String, root: Node, head: ProfileHead, single: [[Int]: DeviceProfile]) {
        self.profile = profile
        self.file = file
        self.root = root
        self.head = head
        var known = single.reduce(into: [[Int]: ResolvedProfile]()) { table, next in
            table[next.key] = ResolvedProfile(profile: next.value, applied: next.key)
        }
        known[[]] = ResolvedProfile(profile: profile)
        cache = VariantCache(known)
    }

    /// Features beyond version 1 of the language that this host has, as `needs` names them.
    public static let features: Set<String> = []

    /// The profile for one device: every variant whose condition holds is applied, in the order of the file.
    ///
    /// `options` are the device's answers; those missing have their default. An unknown fact makes its comparison false.
    public func resolved(options: [String: Value], facts: [String: Value]) -> ResolvedProfile {
        var answers = options
        for option in profile.options where answers[option.name] == nil { answers[option.name] = option.defaultValue }
        let scope = SettledScope(options: answers, facts: facts)
        let applied = profile.variants.indices.filter { profile.variants[$0].when.holds(in: scope) }
        return cache.profile(of: applied) { combined(applied) }
    }

    private func combined(_ applied: [Int]) -> ResolvedProfile {
        let patched = applied.reduce(root) { $0.patched(with: profile.variants[$1].patch) }
        let list = DiagnosticList(file: file)
        let compiler = ProfileCompiler(root: patched, list: list, head: head)
        let result = compiler.compileVariant(of: profile)
        compiler.checkMandatory(result, .variant, at: root.mark)
        return ResolvedProfile(
            profile: result, applied: applied, diagnostics: list.sorted.filter { $0.severity == .error })
    }
}
