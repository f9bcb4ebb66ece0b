/// The values of the Power Brain register map, of wallboxes and of S0 meters.
enum PowerBrainValue: Hashable, Sendable {
    case vendorID, productID, deviceID, productVersion, productBuild, mappingVersion, padding, serial, name, slaveID
    case input, pulsesPerKWh, simulatedPhases, voltage(Int), pulses, timePerPulse, level, resetPulses, resetEnergy
    case meterFlags, energy, power, current(Int)
    case defaultFixedCurrent, defaultLimit, defaultEnable, failSafeDuration, failSafeCurrent
    case disconnectPilot, relaySelect, relay2
    case cableCurrent, fixedCurrent, state, limit, enable, offered, cardID, cardCount, hasMeter, inputs
    case restarts
}
