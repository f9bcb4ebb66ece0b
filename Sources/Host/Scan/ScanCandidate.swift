import DeviceProfiles
import ModbusProfile
import ReadPlanning

/// A profile by which a scan can recognise a device.
struct ScanCandidate: Sendable {
    let profile: DeviceProfile
    let rules: Identification

    /// From this score on it is worth showing.
    var asks: Int { min(rules.askInstallerFrom, rules.accept) }

    /// The profiles of a library that can be recognised, in the order of their ids; broken ones are left out.
    static func all(of library: ProfileLibrary) -> [ScanCandidate] {
        library.entries().compactMap { entry in
            guard let load = try? library.load(entry.file), let profile = load.document?.profile,
                !load.diagnostics.contains(where: { $0.severity == .error }), let rules = profile.identify,
                profile.needs.allSatisfy(ModbusProfileDriver.features.contains)
            else { return nil }
            return ScanCandidate(profile: profile, rules: rules)
        }
    }

    /// The score so far, and the highest it can still reach; `known` has what was read, nil for a refusal.
    func standing(_ known: [ReadRequest: [UInt16]?]) -> (score: Int, best: Int, isDecided: Bool) {
        var (score, open, isDecided) = (0, 0, true)
        for rule in rules.rules {
            if let words = known[rule.request] {
                if rule.holds(for: words) { score += rule.score }
            } else {
                open += max(0, rule.score)
                isDecided = isDecided && rule.score >= 0
            }
        }
        return (min(max(score, 0), 100), min(max(score + open, 0), 100), isDecided)
    }

    /// Whether a rule that speaks for it rests on more than registers full of zeros, which anything may answer with.
    func restsOnContent(_ known: [ReadRequest: [UInt16]?]) -> Bool {
        rules.rules.contains { rule in
            guard rule.score > 0, let words = known[rule.request], let words, rule.holds(for: words) else {
                return false
            }
            return words.contains { $0 != 0 }
        }
    }

    /// Whether its device must not be asked this: the profile says that these addresses are never read.
    func forbids(_ request: ReadRequest) -> Bool {
        let asked = request.range.lowerBound...max(request.range.lowerBound, request.range.upperBound - 1)
        return profile.modbus.constraints.forbidden[request.table]?.contains { $0.overlaps(asked) } ?? false
    }
}
