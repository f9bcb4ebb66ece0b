/// Which keys of a slave have to be changed after its boot.
public enum SlaveProvisioning {
    /// The changes other than the measurands, in their order. A key that already has its value, is read-only or was not
    /// shown by a slave that shows its keys is left alone.
    public static func changes(
        _ abilities: SlaveAbilities, _ settings: CentralSettings, isWebSocket: Bool
    ) -> [ChangeConfigurationRequest] {
        var wanted = [
            ("HeartbeatInterval", settings.heartbeatInterval), ("MeterValueSampleInterval", settings.sampleInterval),
        ]
        if isWebSocket { wanted.append(("WebSocketPingInterval", settings.pingInterval)) }
        return wanted.compactMap { key, value in
            if !abilities.keys.isEmpty {
                guard abilities.isWritable(key), abilities.value(key).flatMap({ Int($0) }) != value else { return nil }
            }
            return ChangeConfigurationRequest(key: key, value: String(value))
        }
    }
}
