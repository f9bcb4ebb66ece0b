/// What a host on the other end of a connection has proven of itself.
public enum HostStanding: Hashable, Sendable {
    /// It is a Power Brain with this identity.
    case proven(PublicKey)
    /// It says that it is a chargehost, and has not proven to be a Power Brain.
    case refused(HostProofRefusal)
    /// It is no chargehost.
    case stranger
}
