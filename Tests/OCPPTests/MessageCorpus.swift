@testable import OCPP

/// The traffic of two transactions as it occurs on a site, and every other message once.
enum MessageCorpus {
    struct Entry {
        let frame: Frame
        let action: Action
    }

    /// Takes a request and its response, one after the other.
    final class Adding {
        private(set) var entries: [Entry] = []

        func callAsFunction<Asked: Request>(_ request: Asked, _ response: Asked.Response) {
            let id = String(entries.count)
            let action = Asked.action
            entries.append(Entry(frame: .call(id: id, action: action.rawValue, payload: request.json), action: action))
            entries.append(Entry(frame: .result(id: id, payload: response.json), action: action))
        }
    }

    static func frames() -> [Entry] {
        let add = Adding()
        traffic(add)
        rest(add)
        return add.entries
    }

    private static func traffic(_ add: Adding) {
        let start = Timestamp(seconds: 1_795_249_800)
        add(
            BootNotificationRequest(
                chargePointVendor: "Bender GmbH Co. KG", chargePointModel: "CC612_1M3PR",
                firmwareVersion: "5.33.5-21148"),
            BootNotificationResponse(status: .accepted, currentTime: start, interval: 300))
        let info = IdTagInfo(status: .accepted)
        for connector in 1...2 {
            let tag = "04A2B3C4D5E6F\(connector)"
            add(
                StatusNotificationRequest(
                    connectorId: connector, errorCode: .noError, status: .preparing, timestamp: start), .init())
            add(AuthorizeRequest(idTag: tag), .init(idTagInfo: info))
            add(
                StartTransactionRequest(connectorId: connector, idTag: tag, meterStart: 1_234_567, timestamp: start),
                .init(idTagInfo: info, transactionId: 4711 + connector))
            for minute in 1...10 {
                add(
                    MeterValuesRequest(
                        connectorId: connector, transactionId: 4711 + connector,
                        meterValue: [sample(start.advanced(bySeconds: minute * 60), 1_234_567 + minute * 180)]), .init()
                )
                add(HeartbeatRequest(), .init(currentTime: start.advanced(bySeconds: minute * 60)))
            }
            add(
                StopTransactionRequest(
                    idTag: tag, meterStop: 1_236_367, timestamp: start.advanced(bySeconds: 700),
                    transactionId: 4711 + connector, reason: .evDisconnected), .init(idTagInfo: info))
        }
        let schedule = ChargingSchedule(
            chargingRateUnit: .amperes,
            chargingSchedulePeriod: (0..<6).map { ChargingSchedulePeriod(startPeriod: $0 * 600, limit: 16.5) })
        add(
            SetChargingProfileRequest(
                connectorId: 1,
                csChargingProfiles: ChargingProfile(
                    chargingProfileId: 7, stackLevel: 1, chargingProfilePurpose: .txDefaultProfile,
                    chargingProfileKind: .relative, chargingSchedule: schedule)), .init(status: .accepted))
    }

    private static func sample(_ moment: Timestamp, _ energy: Int) -> MeterValue {
        let currents = [Phase.l1, .l2, .l3].map {
            SampledValue(
                value: "15.9", context: .samplePeriodic, measurand: .currentImport, phase: $0, location: .outlet,
                unit: .amperes)
        }
        let meter = SampledValue(
            value: String(energy), context: .samplePeriodic, measurand: .energyActiveImportRegister, location: .outlet,
            unit: .wattHours)
        return MeterValue(timestamp: moment, sampledValue: [meter] + currents)
    }
}
