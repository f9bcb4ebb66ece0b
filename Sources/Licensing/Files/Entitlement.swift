/// How many third-party charge points the host may control today, and why.
public struct Entitlement: Hashable, Sendable {
    /// So many need no licence.
    public static let free = 3
    /// So long the last good state counts when the licences cannot be read, in days.
    public static let unreadableDays = 7
    /// The clock counts as set back when it is so far behind the latest moment seen, in seconds.
    public static let clockTolerance: Int64 = 86_400

    /// How many it may control.
    public var places: Int
    /// Every file and what came of it.
    public var findings: [LicenceFinding]
    /// Whether the trial counts today, and until when.
    public var trialEnds: Day?
    /// What a person must know, in words.
    public var warnings: [String]
    /// What to remember.
    public var memory: LicenceMemory

    /// Judges what was found.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970 by the machine's clock. When that is behind the latest moment seen, the latest counts.
    public init(
        _ folder: LicenceFolder, host: PublicKey, keys: VendorKeys, trial: Trial?, memory: LicenceMemory, now: Int64
    ) {
        self.memory = memory
        let latest = max(now, memory.latest ?? now)
        self.memory.latest = latest
        warnings = []
        findings = []
        let today = Day(seconds: latest)
        if latest - now > Entitlement.clockTolerance {
            warnings.append(
                "the clock was set back: it says \(Day(seconds: now)), and this host has run on \(today); "
                    + "licences count as on \(today), until the clock is right")
        }
        var granted: Int
        switch folder {
        case .unreadable(let why):
            granted = Entitlement.lastGood(memory, today, "the licences cannot be read (\(why))", &warnings)
        case .files(let files):
            findings = Entitlement.judge(files, host: host, keys: keys, today: today)
            granted = findings.reduce(0) { $0 + $1.chargePoints }
            if let file = files.first(where: { $0.bytes == nil })?.name {
                let kept = Entitlement.lastGood(memory, today, "the licence \(file) cannot be read", &warnings)
                granted = max(granted, kept)
            } else {
                self.memory.good = LicenceMemory.Good(chargePoints: granted, day: today.number)
            }
        }
        for finding in findings {
            guard case .grace(let until) = finding.standing, let licence = finding.licence else { continue }
            warnings.append(
                "licence \(licence.id) has ended; it counts until \(until), then \(licence.chargePoints) charge points fewer"
            )
        }
        places = Entitlement.free + granted
        if let trial, trial.isOn(host, today: today) {
            trialEnds = trial.ends
            places = max(places, Trial.chargePoints)
        }
    }

    private static func judge(
        _ files: [LicenceFolder.File], host: PublicKey, keys: VendorKeys, today: Day
    ) -> [LicenceFinding] {
        var seen: Set<String> = []
        return files.sorted { $0.name < $1.name }.map { file in
            guard let bytes = file.bytes else {
                return LicenceFinding(file: file.name, licence: nil, standing: .refused(.unreadable("no access")))
            }
            do throws(LicenceRefusal) {
                let licence = try LicenceFile.read(bytes, keys: keys)
                var standing = standing(licence, host: host, today: today)
                if case .refused = standing {
                } else if !seen.insert(licence.id).inserted {
                    standing = .refused(.repeated(id: licence.id))
                }
                return LicenceFinding(file: file.name, licence: licence, standing: standing)
            } catch {
                return LicenceFinding(file: file.name, licence: nil, standing: .refused(error))
            }
        }
    }

    private static func standing(_ licence: Licence, host: PublicKey, today: Day) -> LicenceFinding.Standing {
        if let other = licence.host, other != host { return .refused(.otherHost(other)) }
        if today < licence.issued { return .refused(.notYet(licence.issued)) }
        guard let ends = licence.ends, today > ends else { return .valid }
        let last = ends.advanced(by: Licence.graceDays)
        return today <= last ? .grace(until: last) : .refused(.expired(ends))
    }

    /// What the last good state granted, for as long as it counts.
    private static func lastGood(
        _ memory: LicenceMemory, _ today: Day, _ what: String, _ warnings: inout [String]
    ) -> Int {
        guard let good = memory.good, good.chargePoints > 0 else {
            warnings.append("\(what); only what is free counts")
            return 0
        }
        let last = Day(number: good.day + unreadableDays)
        guard today <= last else {
            warnings.append("\(what) since \(Day(number: good.day)); what they granted does not count any more")
            return 0
        }
        warnings.append("\(what); what was known on \(Day(number: good.day)) counts until \(last)")
        return good.chargePoints
    }
}
