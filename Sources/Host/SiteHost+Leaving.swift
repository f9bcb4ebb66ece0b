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
            let device = await board.device(box)
            Task { [log] in
                defer { end.yield() }
                do throws(DriverError) {
                    _ = try await device?.apply(.charge(amperes > 0 ? .current(amperes) : .off))
                } catch {
                    log.write(.error, "\(box): was not lowered when the host left: \(error)")
                }
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
}
