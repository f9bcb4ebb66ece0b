extension Station {
    /// Answers a request of the backend, or has it answered.
    mutating func receive(_ request: any Request, id: String) {
        guard link.registration != .rejected else {
            effects.append(
                .refuse(id: id, CallError(.genericError, "the boot was rejected; nothing is done until then")))
            return
        }
        switch request {
        case let request as RemoteStartTransactionRequest: start(request, id: id)
        case let request as RemoteStopTransactionRequest: stop(request, id: id)
        case let request as UnlockConnectorRequest: unlock(request, id: id)
        case let request as ChangeAvailabilityRequest: change(request, id: id)
        case let request as ResetRequest: reset(request, id: id)
        case let request as GetConfigurationRequest: answer(id, keys.answer(request))
        case let request as ChangeConfigurationRequest: change(request, id: id)
        case let request as TriggerMessageRequest: trigger(request, id: id)
        case let request as ExtendedTriggerMessageRequest: trigger(request, id: id)
        case let request as DataTransferRequest where Station.isForHost(request):
            effects.append(.toHost(id: id, request))
        case let request as DataTransferRequest: answer(id, answer(to: request))
        default: receiveOfProfiles(request, id: id)
        }
    }

    private mutating func receiveOfProfiles(_ request: any Request, id: String) {
        switch request {
        case is ClearCacheRequest: clearCache(id)
        case is GetLocalListVersionRequest: answer(id, GetLocalListVersionResponse(listVersion: listVersion))
        case let request as SendLocalListRequest: take(request, id: id)
        case let request as ReserveNowRequest: reserve(request, id: id)
        case let request as CancelReservationRequest: cancel(request, id: id)
        case let request as SetChargingProfileRequest: set(request, id: id)
        case let request as ClearChargingProfileRequest: clear(request, id: id)
        case let request as GetCompositeScheduleRequest:
            answer(id, profiles.answer(request, site: site, at: now))
        case let request as CertificateSignedRequest: take(request, id: id)
        case is UpdateFirmwareRequest, is GetDiagnosticsRequest, is SignedUpdateFirmwareRequest, is GetLogRequest,
            is InstallCertificateRequest, is DeleteCertificateRequest, is GetInstalledCertificateIdsRequest:
            effects.append(.toHost(id: id, request))
        default:
            effects.append(
                .refuse(
                    id: id,
                    CallError(.notSupported, "\(type(of: request).action.rawValue) is not for a charge point")))
        }
    }

    /// Whether a master asks who the host is; everything else of that kind is unknown.
    private static func isForHost(_ request: DataTransferRequest) -> Bool {
        request.vendorId == "chargehost" && request.messageId == "HostIdentity"
    }

    /// No vendor's other extension is known; under the station's own name there are no messages (OCPP 1.6, 5.17).
    private func answer(to request: DataTransferRequest) -> DataTransferResponse {
        let isOwn = request.vendorId == configuration.boot.chargePointVendor
        return DataTransferResponse(status: isOwn ? .unknownMessageId : .unknownVendorId)
    }
}
