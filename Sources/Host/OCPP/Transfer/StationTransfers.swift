import Foundation
import Glibc
import OCPP
import Storage
import Transfer

/// Carries out what a backend asks for of files: firmware is fetched, checked and handed on, archives are made and put.
///
/// One firmware and one upload at a time; a newer request calls the former one off. What becomes of them is told to the
/// station, step by step.
actor StationTransfers {
    /// A station far away is not asked for gigabytes.
    private static let retryLimit = 20

    let site: Site
    let storage: SiteStorage
    let log: HostLog
    private let tellStation: @Sendable (StationInput) async -> Void
    private let folder: String
    /// What is under way, with its number, so that the end of one that was called off does not end the next one.
    private var jobs: [Job: (number: Int, task: Task<Void, Never>)] = [:]
    private var number = 0

    /// What there is one of at a time.
    private enum Job { case firmware, upload }

    /// Files are kept below the data folder while they are on their way.
    init(
        _ site: Site, storage: SiteStorage, log: HostLog, tell: @escaping @Sendable (StationInput) async -> Void
    ) {
        self.site = site
        self.storage = storage
        self.log = log
        tellStation = tell
        folder = (storage.database.path as NSString).deletingLastPathComponent + "/transfers"
    }

    /// How files can be fetched and put, in the words of the key SupportedFileTransferProtocols.
    static var protocols: [String] {
        let named: [(TransferLocation.Scheme, String)] = [
            (.ftp, "FTP"), (.ftps, "FTPS"), (.http, "HTTP"), (.https, "HTTPS"), (.sftp, "SFTP"),
        ]
        return named.filter { FileTransfer.supports($0.0) }.map(\.1)
    }

    /// Begins what a request asks for, and answers it; false for a request that is not about files.
    func take(_ id: String, _ request: any Request) async -> Bool {
        switch request {
        case let request as UpdateFirmwareRequest: await begin(id, request)
        case let request as SignedUpdateFirmwareRequest: await begin(id, request)
        case let request as GetDiagnosticsRequest: await begin(id, request)
        case let request as GetLogRequest: await begin(id, request)
        default: return false
        }
        return true
    }

    /// Tells what became of an installation that was under way when the host last ended.
    func resume() async {
        guard let end = await FirmwareRecord(storage: storage).ended() else { return }
        let what = end.isInstalled ? "is installed" : "was not installed: the host ended in the middle of it"
        log.write(end.isInstalled ? .info : .warning, "firmware: it \(what)")
        if let requestId = end.signedRequest {
            await tellStation(.signedFirmware(end.isInstalled ? .installed : .installationFailed, requestId: requestId))
        } else {
            await tellStation(.firmware(end.isInstalled ? .installed : .installationFailed))
        }
    }

    /// Calls everything off; what is being installed goes on by itself.
    func stop() async {
        for job in jobs.values { job.task.cancel() }
        await jobs[.upload]?.task.value
    }

    // MARK: Firmware

    private func begin(_ id: String, _ request: UpdateFirmwareRequest) async {
        await answer(id, UpdateFirmwareResponse())
        guard let plan = site.ocpp.firmware, plan.root == nil else {
            complain(
                site.ocpp.firmware == nil
                    ? "the backend names a firmware, and ocpp.firmware does not say how it is installed"
                    : "the backend names a firmware that is not signed; with ocpp.firmware.root it must be")
            return await tellStation(.firmware(.downloadFailed))
        }
        guard let location = TransferLocation(request.location) else {
            complain("firmware: the location is no URL of HTTP, HTTPS, FTP, FTPS or SFTP")
            return await tellStation(.firmware(.downloadFailed))
        }
        let transfer = transfer(request.retries, request.retryInterval)
        let record = FirmwareRecord(storage: storage)
        run(.firmware) { [self] path, tell in
            do {
                try await Self.wait(until: request.retrieveDate)
                await tell(.firmware(.downloading))
                try await transfer.fetch(location, to: path)
                log.write(.info, "firmware: fetched, SHA-256 \(try FileDigest.sha256(path))")
            } catch is CancellationError {
                return
            } catch {
                complain("firmware: \(error)")
                return await tell(.firmware(.downloadFailed))
            }
            await tell(.firmware(.downloaded))
            await tell(.firmware(.installing))
            await record.begin(signedRequest: nil)
            do {
                try await FirmwareInstaller(command: plan.command).install(path)
                await tell(.firmware(.installed))
            } catch {
                complain("firmware: \(error)")
                await tell(.firmware(.installationFailed))
            }
            await record.forget()
        }
    }

    private func begin(_ id: String, _ request: SignedUpdateFirmwareRequest) async {
        guard let plan = site.ocpp.firmware, let location = TransferLocation(request.firmware.location) else {
            complain("firmware: ocpp.firmware does not say how it is installed, or the location cannot be used")
            return await answer(id, SignedUpdateFirmwareResponse(status: .rejected))
        }
        let signature: FirmwareSignature
        do throws(FirmwareSignature.Fault) {
            signature = try FirmwareSignature(
                request.firmware.signature, certificate: request.firmware.signingCertificate, roots: roots(plan))
            try signature.checkCertificate(at: Int(Date().timeIntervalSince1970))
        } catch {
            complain("firmware: \(error)")
            await answer(id, SignedUpdateFirmwareResponse(status: .invalidCertificate))
            return await tellStation(
                .securityEvent(type: "InvalidFirmwareSigningCertificate", techInfo: error.description))
        }
        let status: UpdateFirmwareStatus = jobs[.firmware] == nil ? .accepted : .acceptedCanceled
        await answer(id, SignedUpdateFirmwareResponse(status: status))
        let transfer = transfer(request.retries, request.retryInterval)
        let record = FirmwareRecord(storage: storage)
        run(.firmware) { [self] path, tell in
            func said(_ status: SignedFirmwareStatus) async {
                await tell(.signedFirmware(status, requestId: request.requestId))
            }
            do {
                if Self.isAhead(request.firmware.retrieveDateTime) { await said(.downloadScheduled) }
                try await Self.wait(until: request.firmware.retrieveDateTime)
                await said(.downloading)
                try await transfer.fetch(location, to: path)
            } catch is CancellationError {
                return
            } catch {
                complain("firmware: \(error)")
                return await said(.downloadFailed)
            }
            await said(.downloaded)
            do throws(FirmwareSignature.Fault) {
                try signature.check(path)
            } catch {
                complain("firmware: \(error)")
                await said(.invalidSignature)
                return await tell(.securityEvent(type: "InvalidFirmwareSignature", techInfo: error.description))
            }
            await said(.signatureVerified)
            if let time = request.firmware.installDateTime, Self.isAhead(time) {
                await said(.installScheduled)
                do { try await Self.wait(until: time) } catch { return }
            }
            await said(.installing)
            await record.begin(signedRequest: request.requestId)
            do {
                try await FirmwareInstaller(command: plan.command).install(path)
                await said(.installed)
            } catch {
                complain("firmware: \(error)")
                await said(.installationFailed)
            }
            await record.forget()
        }
    }

    /// The manufacturer's roots: the file of the site file, and those that the backend has installed.
    private func roots(_ plan: SiteFirmware) -> [[UInt8]] {
        let installed = CertificateFolder(storage).roots(.manufacturerRootCertificate)
        guard let root = plan.root else { return installed }
        let beside = (site.file as NSString).deletingLastPathComponent
        let path = root.hasPrefix("/") || beside.isEmpty ? root : beside + "/" + root
        return FileManager.default.contents(atPath: path).map { [Array($0)] + installed } ?? installed
    }

    // MARK: Archives

    private func begin(_ id: String, _ request: GetDiagnosticsRequest) async {
        let name = LogArchive.name(site.name, "diagnostics", at: .now())
        guard let location = TransferLocation(request.location)?.file(name) else {
            complain("diagnostics: the location is no URL of HTTP, HTTPS, FTP, FTPS or SFTP")
            // Without a name there is no file (OCPP 1.6, 5.9).
            return await answer(id, GetDiagnosticsResponse())
        }
        await answer(id, GetDiagnosticsResponse(fileName: name))
        let span = (request.startTime.map { WallTime($0) }, request.stopTime.map { WallTime($0) })
        send(location, span, transfer(request.retries, request.retryInterval)) { outcome in
            switch outcome {
            case nil: .diagnostics(.uploading)
            case .success?: .diagnostics(.uploaded)
            case .failure?: .diagnostics(.uploadFailed)
            }
        }
    }

    private func begin(_ id: String, _ request: GetLogRequest) async {
        let kind = request.logType == .securityLog ? "security" : "diagnostics"
        let name = LogArchive.name(site.name, kind, at: .now())
        guard let location = TransferLocation(request.log.remoteLocation)?.file(name) else {
            complain("log: the location is no URL of HTTP, HTTPS, FTP, FTPS or SFTP")
            return await answer(id, GetLogResponse(status: .rejected))
        }
        await answer(id, GetLogResponse(status: jobs[.upload] == nil ? .accepted : .acceptedCanceled, filename: name))
        let span = (request.log.oldestTimestamp.map { WallTime($0) }, request.log.latestTimestamp.map { WallTime($0) })
        send(location, span, transfer(request.retries, request.retryInterval)) { outcome in
            let status: UploadLogStatus =
                switch outcome {
                case nil: .uploading
                case .success?: .uploaded
                case .failure(.denied)?: .permissionDenied
                case .failure(.unsupported)?: .notSupportedOperation
                case .failure?: .uploadFailure
                }
            return .log(status, requestId: request.requestId)
        }
    }

    /// Makes an archive and puts it; `word` says what the station is told at the beginning and at the end.
    private func send(
        _ location: TransferLocation, _ span: (WallTime?, WallTime?), _ transfer: FileTransfer,
        _ word: @escaping @Sendable (Result<Void, TransferError>?) -> StationInput
    ) {
        let archive = LogArchive(storage: storage, siteFile: site.file, log: log)
        run(.upload) { [self] path, tell in
            await tell(word(nil))
            let outcome: Result<Void, TransferError>
            do {
                try await archive.write(to: path, from: span.0, to: span.1)
                try await transfer.put(path, to: location)
                log.write(.info, "an archive of the log was put to \(location)")
                outcome = .success(())
            } catch let error as TransferError {
                outcome = .failure(error)
            } catch {
                outcome = .failure(.file(path, "\(error)"))
            }
            if case .failure(.cancelled) = outcome { return }
            if case .failure(let error) = outcome { complain("log: \(error)") }
            await tell(word(outcome))
        }
    }

    // MARK: Jobs

    /// Runs a job with a file of its own, in place of the one before; its file is gone when it has ended.
    private func run(
        _ job: Job, _ work: @escaping @Sendable (String, @Sendable (StationInput) async -> Void) async -> Void
    ) {
        number += 1
        let (number, path, folder, tell) = (number, "\(folder)/\(number)", folder, tellStation)
        let former = jobs[job]?.task
        former?.cancel()
        let task = Task { [weak self] in
            await former?.value
            mkdir(folder, 0o700)
            await work(path) { input in if !Task.isCancelled { await tell(input) } }
            for ending in ["", ".part", ".tar"] { unlink(path + ending) }
            await self?.ended(job, number)
        }
        jobs[job] = (number, task)
    }

    private func ended(_ job: Job, _ number: Int) {
        if jobs[job]?.number == number { jobs[job] = nil }
    }

    private func answer(_ id: String, _ response: some Payload) async {
        await tellStation(.hostAnswer(id: id, .success(response)))
    }

    private nonisolated func complain(_ text: String) { log.write(.warning, "backend: \(text)") }

    private func transfer(_ retries: Int?, _ interval: Int?) -> FileTransfer {
        let hosts = folder + "/known_hosts"
        return FileTransfer(
            TransferRules(
                retries: min(max(0, retries ?? 3), Self.retryLimit),
                interval: .seconds(min(max(0, interval ?? 60), 86_400)),
                knownHosts: FileManager.default.fileExists(atPath: hosts) ? hosts : nil))
    }

    private static func isAhead(_ time: Timestamp) -> Bool { WallTime(time) > .now() }

    /// Waits for a moment by the machine's clock, which may be set meanwhile.
    private static func wait(until time: Timestamp) async throws {
        while isAhead(time) {
            let left = min(60_000, WallTime(time).milliseconds - WallTime.now().milliseconds)
            try await Task.sleep(for: .milliseconds(max(10, left)))
        }
        try Task.checkCancellation()
    }
}
