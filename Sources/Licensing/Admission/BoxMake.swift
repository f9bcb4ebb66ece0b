/// Whose make a charge point is, as far as that is proven.
public enum BoxMake: Hashable, Sendable {
    /// A Power Brain: its profile is the vendor's own, unchanged, and the box has said on the wire what it is.
    case powerBrain
    /// Its profile is the vendor's own, but the box has not answered yet; it takes no place and gets no commands.
    case unproven
    /// A box of another make, or one that cannot prove it is none.
    case thirdParty(ThirdParty)

    /// Why a box counts as one of another make.
    public enum ThirdParty: Hashable, Sendable {
        /// It is of another make.
        case otherMake
        /// Its profile is not the one the vendor signed, whatever its id says.
        case profileChanged
        /// Another box answers behind a Power Brain's profile.
        case otherIdentity
        /// A chargehost shows it, and has not proven to be a Power Brain; why, once it was asked.
        case unprovenHost(HostProofRefusal?)
        /// It speaks OCPP.
        case ocpp
        /// A plug-in drives it.
        case plugIn
    }
}

extension BoxMake.ThirdParty: CustomStringConvertible {
    /// Why, in words.
    public var description: String {
        switch self {
        case .otherMake: "it is of another make"
        case .profileChanged: "its profile is not the one the vendor signed"
        case .otherIdentity: "another box answers than its profile is for"
        case .unprovenHost(let why):
            "a chargehost shows it that has not proven to be a Power Brain" + (why.map { " (\($0))" } ?? "")
        case .ocpp: "it is a third-party OCPP box"
        case .plugIn: "a plug-in drives it"
        }
    }
}
