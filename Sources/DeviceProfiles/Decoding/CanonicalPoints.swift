import DriverAPI

extension CanonicalPoint {
    /// Lanes of points that may be given per phase.
    private static let phaseLanes = ["l1", "l2", "l3"]
    private static let everywhere = Set(DeviceClass.allCases)

    /// Reasons of a wallbox's state.
    static let reasons = [
        "none", "waiting-for-authorisation", "waiting-for-vehicle", "limited-by-grid", "over-temperature",
        "dc-fault-current", "contactor-welded", "ventilation", "communication-lost", "locked", "other",
    ]

    /// IEC 61851-1 states of a wallbox; what inverters and batteries do.
    static let states: [DeviceClass: CanonicalPoint] = [
        .wallbox: .init(meaning: .members(["A", "B", "C", "D", "E", "F"]), classes: [.wallbox]),
        .inverter: .init(
            meaning: .members(["off", "sleeping", "starting", "running", "throttled", "stopping", "fault", "standby"]),
            classes: [.inverter]),
        .battery: .init(meaning: .members(["idle", "charging", "discharging", "fault"]), classes: [.battery]),
    ]

    static let table: [String: CanonicalPoint] = {
        var table: [String: CanonicalPoint] = [:]
        for row in rows {
            let point = CanonicalPoint(meaning: row.meaning, classes: row.classes)
            for name in row.names {
                table[name] = point
                for lane in row.lanes { table["\(name).\(lane)"] = point }
            }
        }
        return table
    }()

    private struct Row {
        var names: [String]
        var lanes: [String] = []
        var meaning: Meaning
        var classes: Set<DeviceClass>
    }

    private static let rows: [Row] =
        [
            Row(
                names: ["vendor", "model", "serial", "firmware", "hardware"], meaning: .identity, classes: everywhere),
            Row(names: ["error_text"], meaning: .text, classes: everywhere),
            Row(names: ["error_code", "warning_code", "restarts"], meaning: .quantity([.one]), classes: everywhere),
            Row(names: ["temperature"], meaning: .quantity([.degC]), classes: everywhere),
            Row(names: ["power"], lanes: phaseLanes, meaning: .quantity([.W]), classes: everywhere),
            Row(names: ["current"], lanes: phaseLanes + ["n"], meaning: .quantity([.A]), classes: everywhere),
            Row(names: ["voltage"], lanes: phaseLanes, meaning: .quantity([.V]), classes: everywhere),
        ] + wallbox + meter + inverter + battery

    private static let wallbox: [Row] = [
        Row(
            names: [
                "current_limit", "current_offered", "cable_current", "rated_current", "min_current", "max_current",
                "failsafe_current",
            ], meaning: .quantity([.A]), classes: [.wallbox]),
        Row(names: ["power_limit"], meaning: .quantity([.W, .percent]), classes: [.wallbox, .inverter]),
        Row(
            names: ["charging_allowed", "plug_lock", "authorised", "grid_limit_active"], meaning: .boolean,
            classes: [.wallbox]),
        Row(names: ["energy_total"], meaning: .quantity([.Wh]), classes: [.wallbox, .inverter]),
        Row(names: ["energy_session"], meaning: .quantity([.Wh]), classes: [.wallbox]),
        Row(names: ["session_time", "failsafe_timeout"], meaning: .quantity([.s]), classes: [.wallbox]),
        Row(names: ["phases_set"], meaning: .phases(auto: true), classes: [.wallbox]),
        Row(names: ["phases_active"], meaning: .phases(auto: false), classes: [.wallbox]),
        Row(names: ["rfid_tag"], meaning: .text, classes: [.wallbox]),
        Row(names: ["vehicle_soc"], meaning: .quantity([.percent]), classes: [.wallbox]),
        Row(names: ["state.reason"], meaning: .members(reasons), classes: [.wallbox]),
    ]

    private static let meter: [Row] = [
        Row(names: ["frequency"], meaning: .quantity([.Hz]), classes: [.meter, .inverter]),
        Row(
            names: ["energy_import", "energy_export"], lanes: phaseLanes, meaning: .quantity([.Wh]), classes: [.meter]),
        Row(names: ["power_factor"], lanes: phaseLanes, meaning: .quantity([.one]), classes: [.meter]),
        Row(names: ["reactive_power"], lanes: phaseLanes, meaning: .quantity([.var]), classes: [.meter]),
        Row(names: ["apparent_power"], lanes: phaseLanes, meaning: .quantity([.VA]), classes: [.meter]),
    ]

    private static let inverter: [Row] = [
        Row(names: ["energy_day"], meaning: .quantity([.Wh]), classes: [.inverter]),
        Row(names: ["power_factor_set"], meaning: .quantity([.one]), classes: [.inverter]),
        Row(names: ["connect"], meaning: .boolean, classes: [.inverter]),
    ]

    private static let battery: [Row] = [
        Row(names: ["soc", "soh", "min_soc"], meaning: .quantity([.percent]), classes: [.battery]),
        Row(
            names: ["capacity", "energy_charged", "energy_discharged"], meaning: .quantity([.Wh]), classes: [.battery]),
        Row(names: ["power_set", "charge_max", "discharge_max"], meaning: .quantity([.W]), classes: [.battery]),
        Row(
            names: ["mode"], meaning: .members(["normal", "hold", "force-charge", "force-discharge"]),
            classes: [.battery]),
    ]
}
