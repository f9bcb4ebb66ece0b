/// What happens to a station.
public enum StationInput: Sendable {
    /// Time has passed; due at `Station.nextDeadline` at the latest.
    case tick

    // MARK: The backend

    /// The connection to the backend stands.
    case connected
    /// The connection to the backend has ended.
    case disconnected
    /// The backend refused the password or the security profile that was changed last; the old one counts again.
    case credentialsRefused
    /// The backend asks for something; the id comes back in the answer. The request has passed its rules.
    case request(id: String, any Request)
    /// How a call of the station ended.
    case outcome(call: Int, Outcome)

    // MARK: The queue

    /// A message of the station is on the disk; with the id of its transaction, and the moment its start got.
    case appended(token: Int, transaction: Int, start: Timestamp?)
    /// A message of the station could not be stored; the reason for people.
    case appendFailed(token: Int, reason: String)
    /// The backend answered the StartTransaction of a transaction, of a slave's too.
    case startAnswered(transaction: Int, StartTransactionResponse)
    /// The backend answered the StopTransaction of a transaction with facts about the tag, of a slave's too.
    case stopAnswered(idTag: String, IdTagInfo)

    // MARK: Boxes

    /// What was read from a box.
    case box(connector: Int, BoxReading)
    /// A box does not answer any more; the reason for people.
    case boxLost(connector: Int, reason: String)
    /// A card was read: at a connector's reader, or at the station's own (nil).
    case tag(connector: Int?, idTag: String)
    /// What became of the order to unlock a socket.
    case unlocked(connector: Int, Bool)
    /// A person at the box, or an operator, ends the charging.
    case stop(connector: Int, StopReason)

    // MARK: Slaves

    /// A slave has come and its boot is accepted.
    case slaveConnected(connector: Int, BoxIdentity)
    /// A slave is gone; the reason for people.
    case slaveLost(connector: Int, reason: String)
    /// A slave told a status, with the connector's number upstream.
    case slaveStatus(StatusNotificationRequest)
    /// A slave measured something outside of a transaction, with the connector's number upstream.
    case slaveMeterValues(MeterValuesRequest)
    /// The transaction of a slave that is in the queue; nil when it has ended.
    case slaveTransaction(connector: Int, OpenTransaction?)
    /// How a call to a slave ended.
    case slaveOutcome(call: Int, Outcome)
    /// A slave asks whether a tag may charge; answered by the effect `.authorised` with the same number.
    case authorise(query: Int, connector: Int, idTag: String)

    // MARK: The host

    /// The host's answer to a request that the station handed it.
    case hostAnswer(id: String, Result<any Payload, CallError>)
    /// How far an update of the firmware is.
    case firmware(FirmwareStatus)
    /// How far an update with signed firmware is.
    case signedFirmware(SignedFirmwareStatus, requestId: Int?)
    /// How far an upload of diagnostics is.
    case diagnostics(DiagnosticsStatus)
    /// How far an upload of a log is.
    case log(UploadLogStatus, requestId: Int?)
    /// A certificate signing request, as PEM, that `.makeSigningRequest` asked for.
    case signingRequest(String)
    /// Something that touches security (security whitepaper, edition 2, appendix).
    case securityEvent(type: String, techInfo: String?)
    /// The site file has changed.
    case reconfigured(StationConfiguration)
    /// A key was changed on the host's own pages or by command; by its name on the wire.
    case keyChanged(name: String, value: String)
}
