/// A connector as people see it.
public struct ConnectorView: Sendable, Hashable {
    /// Its number.
    public let number: Int
    /// Who runs its transactions; removed for a number that is not used any more.
    public let kind: StationConnector.Kind
    /// Its status (OCPP 1.6, 7.7).
    public let status: ChargePointStatus
    /// What is wrong with it; noError if nothing is.
    public let errorCode: ChargePointErrorCode
    /// More about the status, at most 50 characters; nil for nothing.
    public let info: String?
    /// Since when the status lasts.
    public let since: Timestamp
    /// The transaction that runs, of a box or of a slave; nil if none does.
    public let transaction: OpenTransaction?

    init(_ state: ConnectorState) {
        number = state.number
        kind = state.connector.kind
        status = state.tracked.current.status
        errorCode = state.tracked.current.errorCode
        info = state.tracked.current.info
        since = state.tracked.since
        transaction = state.transaction
    }
}

extension Station {
    /// All connectors, by their numbers.
    public var connectorViews: [ConnectorView] {
        connectors.values.map(ConnectorView.init).sorted { $0.number < $1.number }
    }
}
