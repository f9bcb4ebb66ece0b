/// Whether a slave that connects is let in.
public enum SlaveAdmission: Hashable, Sendable {
    /// It is let in; `isNew` when it has to be remembered first.
    case admitted(isNew: Bool)
    /// It is turned away, with the reason for log and interface.
    case refused(String)

    /// Judges an id.
    ///
    /// - Parameters:
    ///   - isKnown: whether the site file or an earlier pairing names it.
    ///   - isPairingOpen: whether others are taken too.
    ///   - others: the ids of the other slaves; one of a controller stands for the connector after its `#`, and no two
    ///     for the same one.
    public init(_ id: ChargePointID, isKnown: Bool, isPairingOpen: Bool, others: some Sequence<ChargePointID>) {
        let taken = others.filter { $0 != id }.compactMap { try? $0.connector() }
        do throws(SuffixProblem) {
            _ = try id.connector(taken: Set(taken))
        } catch {
            self = .refused(error.description)
            return
        }
        if isKnown {
            self = .admitted(isNew: false)
        } else if isPairingOpen {
            self = .admitted(isNew: true)
        } else {
            self = .refused(
                "\(id) is not known: add a device with the address ocpp://\(id.pathComponent) to the site file, or open "
                    + "pairing")
        }
    }
}
