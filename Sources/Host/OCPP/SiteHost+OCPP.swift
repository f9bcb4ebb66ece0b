import DriverAPI

extension DeviceBoard {
    /// Unlocks the socket of a box; whether it is unlocked.
    func unlock(_ box: String) async -> Bool {
        guard let device = device(box) else { return false }
        do {
            _ = try await device.apply(.lock(false))
            return true
        } catch {
            return false
        }
    }
}

extension SiteHost {
    /// Lets OCPP go on as the present site file says.
    func takeOverOCPP() async {
        let profiles = SiteProfiles(site, library: library)
        let classes = deviceClasses
        let boxes = Set(site.devices.filter { classes[$0.id] == .wallbox }.map(\.id))
        let meters = site.devices.filter { $0.enabled && $0.role == .box }.compactMap(\.of)
        let counting =
            profiles.entries.filter { $0.profile.point("energy_total") != nil }.map(\.device.id)
            + profiles.programs.filter(\.countsEnergy).map(\.device.id)
        let unlocking =
            profiles.entries.filter { $0.profile.control.lock != nil }.map(\.device.id)
            + profiles.programs.filter(\.unlocks).map(\.device.id)
        await follower.takeOver(site)
        await ocpp.takeOver(
            site, boxes: boxes, metered: Set(meters + counting), unlocking: Set(unlocking),
            forecasts: BoxForecast.setups(profiles))
    }
}
