import DriverAPI
import Foundation
import ModbusProfile

extension SiteHost {
    /// Goes on with a site file that was checked before.
    ///
    /// Devices that stay as they are keep running, with the profile's new version where its file has changed. Boxes that
    /// are gone, disabled or at another place are stopped first and closed when that is confirmed. A site that cannot be
    /// taken over leaves the old one running and raises an alarm.
    public func reload(_ new: Site) async {
        let before = reloading
        let next = Task { [weak self] in
            await before?.value
            await self?.takeOver(new)
        }
        reloading = next
        await next.value
    }

    private func takeOver(_ new: Site) async {
        let isSameLibrary = new.profileFolders == site.profileFolders && new.file == site.file
        let library = isSameLibrary ? library : ProfileLibrary(site: new)
        do {
            try reserveLines(new)
            try await control.replace(new, forecasts: BoxForecast.setups(SiteProfiles(new, library: library)))
        } catch {
            let text = "the site file was not taken over, the old one goes on: \(error)"
            log.write(.error, text)
            await control.addAlarm(text)
            return
        }
        let old = opener
        let oldSite = site
        self.library = library
        site = new
        let opener = opener
        for entry in oldSite.devices where !new.devices.contains(where: { $0.id == entry.id }) { await leave(entry) }
        await board.arrange(new.devices)
        for entry in new.devices {
            await takeOver(entry, from: oldSite.devices.first { $0.id == entry.id }, old, opener)
        }
        await board.arrange(new.devices)
    }

    private func takeOver(_ entry: SiteDevice, from old: SiteDevice?, _ before: DeviceOpener, _ now: DeviceOpener) async
    {
        successors[entry.id] = nil
        guard let state = await board.state(entry.id) else {
            await board.add(self.state(entry, now), device: nil)
            if entry.enabled { openSoon(entry) }
            return
        }
        guard entry.enabled else { return await leave(entry) }
        let running = old ?? state.entry
        let isOpen = await board.device(entry.id) != nil
        if isOpen, running.configuration == entry.configuration {
            await board.stay(entry)
            await swapProfile(of: entry, now)
        } else if isOpen, await isTold(state), before.isElsewhere(running, than: entry, now) {
            // The box at the old place would go on with what it was told.
            successors[entry.id] = entry
            await board.leave(entry.id)
            await board.explain(
                entry.id, "it moves to \(entry.address) as soon as the box at \(running.address) has stopped")
        } else {
            reopen(entry)
        }
    }

    /// Whether a box answers and follows something it was told. One that does not answer at its old place is looked for at
    /// the new one at once; what it was told stays booked until it is told anew there.
    private func isTold(_ state: DeviceState) async -> Bool {
        guard state.deviceClass == .wallbox, case .online = state.link else { return false }
        return await control.booking(of: state.entry.id).isTold
    }

    /// A box is stopped before it is closed; anything else is closed at once.
    private func leave(_ entry: SiteDevice) async {
        successors[entry.id] = nil
        guard let state = await board.state(entry.id), await board.device(entry.id) != nil else {
            if entry.enabled { _ = await board.remove(entry.id) }
            return
        }
        await board.leave(entry.id)
        if state.deviceClass != .wallbox { close(entry.id) }
    }

    /// The stop of a box that is leaving was confirmed.
    func close(released id: String) async {
        guard let state = await board.state(id), !state.isInUse else { return }
        if let next = successors.removeValue(forKey: id) { reopen(next) } else { close(id) }
    }

    /// Takes a device off the board and closes it, without waiting for it.
    private func close(_ id: String) {
        enqueue(id) { host in
            guard let device = await host.board.remove(id) else { return }
            await host.showDisabled(id)
            await device.close(.leave)
        }
    }

    /// A disabled device is shown, but not open.
    private func showDisabled(_ id: String) async {
        guard let entry = site.devices.first(where: { $0.id == id && !$0.enabled }) else { return }
        await board.add(state(entry, opener), device: nil)
        await board.arrange(site.devices)
    }

    /// Closes a device and opens it anew as `entry` says, without waiting for either.
    private func reopen(_ entry: SiteDevice) {
        enqueue(entry.id) { host in
            if let device = await host.board.remove(entry.id) {
                await host.board.add(host.state(entry, host.opener), device: nil)
                await host.board.arrange(host.site.devices)
                await device.close(.leave)
            }
            guard await host.site.devices.contains(entry) else { return }
            await host.control.deviceChanged(entry.id)
            await host.open(entry, host.opener)
            await host.board.arrange(host.site.devices)
        }
    }

    /// Opens a device whose state is on the board already, without waiting for its driver.
    func openSoon(_ entry: SiteDevice) {
        enqueue(entry.id) { host in
            await host.open(entry, host.opener)
            await host.board.arrange(host.site.devices)
        }
    }

    /// Lets a running device go on with its profile's new version; the old one goes on where that has errors.
    private func swapProfile(of entry: SiteDevice, _ opener: DeviceOpener) async {
        let version = opener.version(of: entry.profile)
        guard version != versions[entry.id], let device = await board.device(entry.id) else { return }
        guard let device = device as? ModbusProfileDevice else { return reopen(entry) }
        do throws(DriverError) {
            let profile = try opener.profile(entry.profile)
            versions[entry.id] = version
            enqueue(entry.id) { host in
                do throws(DriverError) {
                    try await device.replace(profile: profile)
                    host.log.write(.info, "\(entry.id): profile \(entry.profile) was read anew")
                } catch {
                    await host.keepsOldProfile(entry, error)
                }
            }
        } catch {
            await keepsOldProfile(entry, error)
        }
    }

    private func keepsOldProfile(_ entry: SiteDevice, _ error: DriverError) async {
        let text = "\(entry.id): the changed profile is not used, the old one goes on: \(error)"
        log.write(.error, text)
        await control.addAlarm(text)
    }

    /// Does something about a device after all that was begun before.
    private func enqueue(_ id: String, _ job: @escaping @Sendable (SiteHost) async -> Void) {
        let before = work[id]
        work[id] = Task { [weak self] in
            await before?.value
            guard let self else { return }
            await job(self)
        }
    }
}

extension DeviceOpener {
    /// Whether `new` is at another place on the wire than `old`; one that cannot be told counts as another.
    fileprivate func isElsewhere(_ old: SiteDevice, than new: SiteDevice, _ opener: DeviceOpener) -> Bool {
        guard let here = try? place(of: old.configuration), let there = try? opener.place(of: new.configuration) else {
            return old.address != new.address || old.unit != new.unit
        }
        return here != there
    }
}
