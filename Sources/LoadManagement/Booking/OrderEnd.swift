/// How an order ended in its driver. Currents are milliamperes.
public enum OrderEnd: Hashable, Sendable {
    /// It was carried out; `proven` is what the box is then known to hold, nil if nothing was read back.
    case done(proven: Int?)
    /// Acknowledged, but the box reads otherwise.
    case notVerified
    /// The box or its profile refused it.
    case refused
    /// Nobody knows whether it arrived, or a newer one took its place when it may have left.
    case unanswered
}
