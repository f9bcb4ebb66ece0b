import DriverAPI
import Foundation
import Host

/// A host in the foreground: its status on the terminal, its log on standard error, until a signal ends it.
struct HostSession {
    let status: Bool
    let level: LogLevel
    /// Where the page is served in place of where the site file says.
    var http: HTTPPlan?
    var whenTaken = SiteHost.TakenPort.alarm
    /// Whether boxes of other makes need a licence, and profiles somebody's word; simulated ones need neither.
    var asksForLicence = true

    /// How long a start takes, after which the code that only it needs can go.
    private static let startUp = Duration.seconds(10)

    /// Runs until SIGTERM or SIGINT; on SIGHUP takes over what `reload` returns.
    func run(
        _ site: Site, data: String, library: ProfileLibrary, recording: RecordingLimits?, hint: String? = nil,
        reload: () -> Site? = { nil }
    ) async throws -> ExitStatus {
        let signals = Signals()
        let showsStatus = status && Console.isTerminal
        let log = HostLog(least: showsStatus ? .error : level) { Console.error($0) }
        let host: SiteHost
        do {
            host = try await SiteHost(
                site, data: data, library: library, log: log, recording: recording,
                licensing: asksForLicence ? .builtIn(library) : nil,
                trusting: asksForLicence ? .builtIn(library) : nil)
            try await host.start()
        } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
        log.write(.info, "\(site.name): \(site.devices.count) devices, data in \(data)")
        let page = PageAddress.text(await host.serve(http ?? site.http, whenTaken: whenTaken))
        if let page { Console.out(page) }
        let hints = [page, hint ?? "Ctrl-C ends"].compactMap { $0 }
        let service = ServiceNotifier()
        let summary = { (site: Site) in "\(site.name): \(site.devices.count) devices" }
        service?.ready(summary(site))
        let watchdog = Task { await service?.watch { host.isTicking } }
        let display = Task { await show(host, hints, log) }
        let rest = Task {
            try await Task.sleep(for: Self.startUp)
            ProgramText.giveBack()
        }
        while let signal = await signals.next() {
            guard signal == SIGHUP else { break }
            service?.reloading()
            if let site = reload() {
                await host.reload(site)
                await host.serve(http ?? site.http)
                log.write(.info, "the site file was read anew")
            }
            service?.ready(summary(await host.site))
        }
        service?.stopping()
        watchdog.cancel()
        display.cancel()
        rest.cancel()
        log.write(.info, "stopping")
        await host.stop()
        return .fine
    }

    private func show(_ host: SiteHost, _ hints: [String], _ log: HostLog) async {
        var last: [String] = []
        while !Task.isCancelled {
            if status, Console.isTerminal {
                if let site = await host.status() {
                    let lines = TerminalStatus(site, colour: true).lines(await host.lines()) + [""] + hints
                    Console.write("\u{1B}[H\u{1B}[J" + lines.joined(separator: "\n") + "\n", to: 1)
                }
            } else if let (boxes, alarms) = await host.situation() {
                last = report(boxes, alarms, last, log)
            }
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    /// One line for every box whose situation is another than before.
    private func report(
        _ boxes: [SiteStatus.Box], _ alarms: [String], _ last: [String], _ log: HostLog
    ) -> [String] {
        let lines =
            boxes.map { box in
                let told = box.told_a.map { $0 == 0 ? "off" : "\($0) A" } ?? "nothing"
                return "\(box.id): \(box.link), state \(box.state ?? "?"), told \(told), because \(box.why)"
            } + alarms
        for line in lines where !last.contains(line) { log.write(.info, line) }
        return lines
    }
}
