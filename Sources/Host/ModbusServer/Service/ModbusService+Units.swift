import DriverAPI
import Foundation
import Modbus
import Storage

extension ModbusService {
    /// Makes a unit with what it kept.
    func makeUnit(_ key: UnitKey, _ deviceClass: DeviceClass) async throws -> Shown {
        var settings = PowerBrainSettings()
        if let text = try await storage.setting(Self.name(key)) {
            do {
                settings = try JSONDecoder().decode(PowerBrainSettings.self, from: Data(text.utf8))
            } catch {
                let what = "what masters set in \(key.device) by Modbus cannot be read any more and is lost: \(error)"
                log.write(.error, what)
                await control.addAlarm(what)
            }
        }
        settings.restarts &+= 1
        let isBox = key.device == SiteModbusUnit.wholeSite || deviceClass == .wallbox
        let identity = PowerBrainIdentity(
            device: isBox ? .wallbox : .meter, id: key.device, serial: try await serial(of: key.device),
            unit: key.unit)
        try await write(settings, key)
        let changed: @Sendable () -> Void = { [signal] in signal.yield() }
        let store: @Sendable () async throws -> Void = { [weak self] in try await self?.store(key) }
        // A box goes on with what it was told before the host started.
        if isBox, let order = settings.order { lanes[key.device] = MasterLane(told: order) }
        guard isBox else {
            let unit = PowerBrainUnit(
                MeterRegisters(identity, settings), clock: clock, store: store, changed: changed)
            return Shown(key: key, unit: unit, meter: unit, stored: settings)
        }
        let unit = PowerBrainUnit(
            WallboxRegisters(identity, settings, at: clock.now),
            identity: witness.map { IdentityRegisters(serial: identity.serial, witness: $0) }, clock: clock,
            store: store, changed: changed)
        return Shown(key: key, unit: unit, wallbox: unit, stored: settings)
    }

    /// Stores the present settings of a unit. Throws ``StorageError``.
    func store(_ key: UnitKey) async throws {
        guard let place = shown.firstIndex(where: { $0.key == key }) else { return }
        guard let settings = shown[place].settings else { return }
        try await write(settings, key)
        if let place = shown.firstIndex(where: { $0.key == key }) { shown[place].stored = settings }
    }

    /// Stores the orders that have changed; they bind after a restart until the master is heard again.
    func storeOrders() async {
        for unit in shown where unit.settings != unit.stored {
            do {
                try await store(unit.key)
            } catch {
                await control.addAlarm(
                    "what its master ordered of \(unit.key.device) cannot be stored: \(error); look after the disk")
            }
        }
    }

    private func write(_ settings: PowerBrainSettings, _ key: UnitKey) async throws {
        let text = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
        try await storage.setSetting(Self.name(key), to: text)
    }

    private static func name(_ key: UnitKey) -> String { "modbus-server/\(key.device)/\(key.unit)" }

    /// 16 characters that stay: 10 random ones of this data folder, and 4 of the device's name.
    private func serial(of device: String) async throws -> String {
        let key = "modbus-server-serial"
        let own: String
        if let stored = try await storage.setting(key) {
            own = stored
        } else {
            own = String(UInt64.random(in: 0..<1 << 40) | 1 << 40, radix: 16, uppercase: true).suffix(10).description
            try await storage.setSetting(key, to: own)
        }
        let sum = device.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        let digits = String(sum >> 16 ^ sum & 0xFFFF | 1 << 16, radix: 16, uppercase: true).suffix(4)
        return "CH\(own)\(digits)"
    }
}

extension ModbusService.Shown {
    /// Its settings at this moment.
    var settings: PowerBrainSettings? { wallbox?.withBlock { $0.settings } ?? meter?.withBlock { $0.settings } }
}
