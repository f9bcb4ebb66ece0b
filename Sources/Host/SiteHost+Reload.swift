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
        let library = isSameLibrary ? library : ProfileLibrary(site: new, installed: library.installed)
        do {
            try reserveLines(new)
            try await control.replace(
                new, forecasts: BoxForecast.setups(SiteProfiles(new, library: library)),
                chains: SiteCheck(new, library: library).chains())
        } catch {
            let text = "the site file was not taken over, the old one goes on: \(error)"
            log.write(.error, text)
            await control.addAlarm(text)
            return
        }
        let old = opener
        let change = drivers.takeOver(DriverRoster(new))
        for refusal in change.refusals {
            log.write(.error, refusal)
            await control.addAlarm(refusal)
        }
        let gone = site.devices.filter { entry in !new.devices.contains { $0.id == entry.id } }
        self.library = library
        site = new
        await noteSiteFile()
        let opener = opener
        for entry in gone { await leave(entry.id) }
        await board.arrange(new.devices)
        for entry in new.devices { await takeOver(entry, old, opener, changed: change.drivers) }
        await board.arrange(new.devices)
        endIdleDrivers()
        do {
            try await modbus.takeOver(new, classes: deviceClasses)
        } catch {
            await control.addAlarm("modbus_server: what masters set before cannot be read: \(error)")
        }
        await proxies.takeOver(new, places: places)
        await takeOverOCPP()
    }

    private func takeOver(
        _ entry: SiteDevice, _ before: DeviceOpener, _ now: DeviceOpener, changed: Set<String>
    ) async {
        successors[entry.id] = nil
        guard let state = await board.state(entry.id) else {
            await board.add(self.state(entry, now), device: nil)
            if entry.enabled { openSoon(entry.id) }
            return
        }
        guard entry.enabled else { return await leave(entry.id) }
        if opening.contains(entry.id) { return openSoon(entry.id) }
        guard let running = running[entry.id], await board.device(entry.id) != nil else { return openSoon(entry.id) }
        if running == entry.configuration, let driver = entry.driver, changed.contains(driver) {
            // What the box was told stays booked, and is told anew by the driver's new version.
            openSoon(entry.id)
        } else if running == entry.configuration {
            await board.stay(entry)
            await board.explain(entry.id, nil)
            await swapProfile(of: entry, now)
        } else if await isTold(state), before.isElsewhere(running, than: entry.configuration, now) {
            // The box at the old place would go on with what it was told.
            successors[entry.id] = entry
            await board.leave(entry.id)
            await board.explain(
                entry.id, "it moves to \(entry.address) as soon as the box at \(running.address) has stopped")
        } else {
            openSoon(entry.id)
        }
    }

    /// Whether a box answers and follows something it was told. One that does not answer at its old place is looked for at
    /// the new one at once; what it was told stays booked until it is told anew there.
    private func isTold(_ state: DeviceState) async -> Bool {
        guard state.deviceClass == .wallbox, case .online = state.link else { return false }
        return await control.booking(of: state.entry.id).isTold
    }

    /// A box is stopped before it is closed; anything else is closed at once.
    private func leave(_ id: String) async {
        successors[id] = nil
        guard let state = await board.state(id), await board.device(id) != nil else {
            if !site.devices.contains(where: { $0.id == id }) { _ = await board.remove(id) }
            return
        }
        await board.leave(id)
        if state.deviceClass != .wallbox { close(id) }
    }

    /// The stop of a box that is leaving was confirmed.
    func close(released id: String) async {
        guard let state = await board.state(id), !state.isInUse, await board.device(id) != nil else { return }
        if successors.removeValue(forKey: id) != nil { openSoon(id) } else { close(id) }
    }

    /// Takes a device off the board and closes it, without waiting for it; one that is disabled stays shown.
    private func close(_ id: String) {
        enqueue(id) { host in
            guard let device = await host.board.remove(id) else { return }
            await host.showClosed(id)
            await device.close(.leave)
            await host.endIdleDrivers()
        }
    }

    /// Ends the driver programs that no device uses any more.
    private func endIdleDrivers() {
        drivers.endIdle(used: Set(site.devices.filter(\.enabled).compactMap(\.driver)))
    }

    /// Shows a device that is not open.
    private func showClosed(_ id: String) async {
        running[id] = nil
        guard let entry = site.devices.first(where: { $0.id == id }) else { return }
        await board.add(state(entry, opener), device: nil)
        await board.arrange(site.devices)
    }

    /// Opens a device as the site file says, after it was closed where it is open; waits for neither.
    func openSoon(_ id: String) {
        opening.insert(id)
        enqueue(id) { host in
            if await host.board.device(id) != nil, let device = await host.board.remove(id) {
                await host.showClosed(id)
                await device.close(.leave)
                await host.endIdleDrivers()
            }
            await host.open(id)
        }
    }

    /// Opens a device and puts it on the board, unless the site has none of that name any more; one that cannot be
    /// opened is shown with the reason.
    private func open(_ id: String) async {
        opening.remove(id)
        guard let entry = site.devices.first(where: { $0.id == id }) else { return }
        let opener = opener
        var state = state(entry, opener)
        let context = DriverContext(
            clock: clock, store: StoredDriverValues(storage, device: id), permission: gate.permission(of: id),
            log: { [log] level, text in log.write(level, "\(id): \(text)") })
        versions[id] = opener.version(of: entry)
        running[id] = entry.configuration
        await judgeProfiles()
        await control.deviceChanged(id)
        var device: (any Device)?
        do throws(DriverError) {
            device = try await opener.open(entry.configuration, context: context)
        } catch {
            state.failure = error.description
            log.write(.error, "\(id): \(error)")
        }
        guard !isStopping, let entry = site.devices.first(where: { $0.id == id }) else {
            await device?.close(.leave)
            return
        }
        state.entry = entry
        await board.add(state, device: device)
        await board.arrange(site.devices)
    }

    /// Lets a running device go on with its profile's new version; the old one goes on where that has errors.
    private func swapProfile(of entry: SiteDevice, _ opener: DeviceOpener) async {
        let version = opener.version(of: entry)
        guard version != versions[entry.id], let device = await board.device(entry.id) else { return }
        guard let device = device as? ModbusProfileDevice else { return openSoon(entry.id) }
        do throws(DriverError) {
            let profile = try opener.profile(entry.profile)
            versions[entry.id] = version
            // What a changed profile may do is decided before it is used.
            await judgeProfiles()
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
    fileprivate func isElsewhere(
        _ old: DeviceConfiguration, than new: DeviceConfiguration, _ opener: DeviceOpener
    ) -> Bool {
        if old.driver != nil || new.driver != nil {
            return old.driver != new.driver || old.address != new.address || old.unit != new.unit
        }
        guard let here = try? place(of: old), let there = try? opener.place(of: new) else {
            return old.address != new.address || old.unit != new.unit
        }
        return here != there
    }
}
