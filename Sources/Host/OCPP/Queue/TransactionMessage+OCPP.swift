import OCPP
import Storage

extension WallTime {
    /// The same moment.
    init(_ time: Timestamp) { self.init(milliseconds: Int64(time.milliseconds)) }
}

extension Timestamp {
    /// The same moment.
    init(_ time: WallTime) { self.init(milliseconds: Int(time.milliseconds)) }
}

extension JSONObject {
    /// As JSON text in UTF-8.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }
}

extension TransactionStart {
    /// The beginning that a request tells; its connector is the one the backend sees.
    init(_ request: StartTransactionRequest, box: String) {
        self.init(
            box: box, connector: request.connectorId, idTag: request.idTag, at: WallTime(request.timestamp),
            meterStart: request.meterStart
        ) { moment in
            var sent = request
            sent.timestamp = Timestamp(moment)
            return sent.json.bytes
        }
    }
}

extension TransactionStop {
    /// The end that a request tells; the transaction's id is the local one, or one that nobody knows.
    init(_ request: StopTransactionRequest, box: String, connector: Int) {
        self.init(
            box: box, connector: connector, transaction: request.transactionId, at: WallTime(request.timestamp),
            meterStop: request.meterStop, reason: request.reason?.rawValue
        ) { facts in
            var sent = request
            sent.transactionId = facts.transaction ?? request.transactionId
            sent.timestamp = Timestamp(facts.at)
            sent.meterStop = facts.meterStop
            return sent.json.bytes
        }
    }
}

extension MeterReadings {
    /// The meter values that a request tells, with the energy register in Wh where it has one.
    init(_ request: MeterValuesRequest, transaction: Int, energy: Int?) {
        var sent = request
        sent.transactionId = transaction
        let at = request.meterValue.map(\.timestamp).max() ?? Timestamp(milliseconds: 0)
        self.init(transaction: transaction, meter: energy, at: WallTime(at), payload: sent.json.bytes)
    }
}
