/// The mappings of the language; the raw value is the name of the definition in the editor schema.
enum SectionName: String, Sendable, CaseIterable {
    case document, product, source
    case link, tcp, serial, unitID = "unit_id", timing, variantLink = "variant_link"
    case modbus, variantModbus = "variant_modbus", addressing, readFunctions = "read_functions", counts, spans
    case option, identify, rule, fact, defaults
    case point, modelPlace = "model_place", write, verify, counter, derivedCase = "case"
    case control, charge, phases, wakeUp = "wake_up", setBlock = "set_block", later = "later_block", step
    case initWrite = "init_write", keepalive, token, tokenCount = "token_count", deadline, deviceThen = "device_then"
    case variant
    case fixture, origin, recorded, words, image, exceptions
    case test, line, command, expectation, expectedValue = "expected_value", plans, scenarioEntry = "scenario_entry"
}
