import DriverAPI

extension SiteHost {
    /// How long the boxes have to take what they are told on leaving.
    private static let patience = Duration.seconds(10)

    /// Tells every box its fall-back current, or to stop, when the host ends; nobody gets more than he has.
    ///
    /// A box without a watchdog is stopped: nobody will be there to lower it.
    func lowerForLeaving() async {
        let orders = await control.leavingOrders(stops: site.shutdown == .stop)
        guard !orders.isEmpty else { return }
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        for (box, amperes) in orders {
            let command = Command.charge(amperes > 0 ? .current(amperes) : .off)
            Task {
                await lower(box, command)
                end.yield()
            }
        }
        let timer = Task { [clock] in
            try? await clock.sleep(Self.patience)
            end.finish()
        }
        var left = orders.count
        for await _ in ended {
            left -= 1
            if left == 0 { break }
        }
        timer.cancel()
    }

    /// Passes one of these orders on.
    private func lower(_ box: String, _ command: Command) async {
        guard let device = await board.device(box) else { return }
        do {
            _ = try await device.apply(command)
        } catch {
            log.write(.error, "\(box): was not lowered when the host left: \(error)")
        }
    }
}
