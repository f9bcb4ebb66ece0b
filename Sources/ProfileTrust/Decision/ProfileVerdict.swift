/// What a device's profile may do here, and on whose word.
public struct ProfileVerdict: Hashable, Sendable {
    /// Whose word it is.
    public enum Ground: Hashable, Sendable {
        /// Nobody's is needed: the device has no profile of ours.
        case notNeeded
        /// An index that came with the program.
        case own(index: String)
        /// A trusted index.
        case listed(index: String)
        /// It was withdrawn.
        case withdrawn(index: String, reason: String)
        /// Nobody's.
        case draft(edited: Bool)
        /// Its file cannot be read.
        case unreadable
    }

    /// Whose word it is.
    public let ground: Ground
    /// How far each capability is trusted.
    public let trust: [Capability: TrustLevel]
    /// The installer's word, where it counts.
    public let confirmation: InstallerConfirmation?

    private init(_ ground: Ground, trust: [Capability: TrustLevel] = [:], confirmation: InstallerConfirmation? = nil) {
        self.ground = ground
        self.trust = trust
        self.confirmation = confirmation
    }

    /// For devices that no profile serves.
    public static let notNeeded = ProfileVerdict(.notNeeded)
    /// For a device whose profile cannot be read.
    public static let unreadable = ProfileVerdict(.unreadable)

    /// Judges the profile that a device runs.
    public init(
        device: String, profile: String, version: String, hash: String, book: TrustBook,
        confirmations: [InstallerConfirmation]
    ) {
        let confirmation = confirmations.last { $0.holds(for: device, hash: hash) }
        switch book.standing(of: hash) {
        case .listed(let listing):
            self.init(
                listing.isOwn ? .own(index: listing.index) : .listed(index: listing.index), trust: listing.trust,
                confirmation: confirmation)
        case .withdrawn(let index, let reason): self.init(.withdrawn(index: index, reason: reason))
        case .unlisted:
            let isEdited =
                book.listsOtherBytes(id: profile, version: version, hash: hash)
                || confirmations.contains { $0.profile == profile && ($0.device ?? device) == device }
            self.init(.draft(edited: isEdited && confirmation == nil), confirmation: confirmation)
        }
    }

    /// How far a capability is trusted.
    public func level(_ capability: Capability) -> TrustLevel { trust[capability] ?? .draft }

    /// Why a capability may not be used; `wears` says that it writes what is kept in flash. Nil where it may.
    public func bar(_ capability: Capability, wears: Bool = false) -> TrustBar? {
        if capability == .reading { return nil }
        switch ground {
        case .notNeeded: return nil
        case .withdrawn(let index, let reason): return .withdrawn(index: index, reason: reason)
        case .unreadable: return .unreadable
        case .draft(let isEdited):
            guard confirmation != nil else { return isEdited ? .edited : .draft }
            return wears ? .wears : nil
        case .own, .listed:
            let level = level(capability)
            if level >= .writesAlone { return nil }
            if case .own = ground, level > .draft { return nil }
            guard confirmation != nil else { return .unverified(capability, level) }
            return wears && level == .draft ? .wears : nil
        }
    }
}

extension ProfileVerdict: CustomStringConvertible {
    /// Whose word it is, in words.
    public var description: String {
        let ours = confirmation.map { ", confirmed by \($0.by)" } ?? ""
        return switch ground {
        case .notNeeded: "no profile"
        case .own(let index): "came with the program (\(index))" + ours
        case .listed(let index): "listed by the index '\(index)'" + ours
        case .withdrawn(let index, let reason): "withdrawn by the index '\(index)': \(reason)"
        case .draft(true): "draft, changed since it was confirmed or listed"
        case .draft(false): "draft" + ours
        case .unreadable: "its file cannot be read"
        }
    }
}
