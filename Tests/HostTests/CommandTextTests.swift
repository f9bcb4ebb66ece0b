import DriverAPI
import Testing

@testable import Host

@Suite struct CommandTextTests {
    @Test(arguments: [
        ("charge=10A", Command.charge(.current(10))), ("charge=10 A", .charge(.current(10))),
        ("charge=off", .charge(.off)), ("charge=on", .charge(.on)), ("charge=0A", .charge(.off)),
        ("charge=7.2kW", .charge(.power(7200))), ("phases=1", .phases(.one)), ("phases=auto", .phases(.auto)),
        ("wake_up", .wakeUp), ("lock=true", .lock(true)), ("display=Hello = you", .display("Hello = you")),
        ("failsafe_timeout=1min", .set(point: "failsafe_timeout", value: .number(60))),
        ("x_mode=fast", .set(point: "x_mode", value: .text("fast"))),
    ])
    func commandsAreUnderstood(_ text: String, _ expected: Command) throws {
        #expect(try CommandText.parse(text) == expected)
    }

    @Test(arguments: [
        "charge", "charge=", "charge=10", "charge=10V", "charge=-3A", "charge=ten", "phases=2", "lock=1", "",
    ])
    func nonsenseIsNamed(_ text: String) {
        #expect(throws: CommandText.Problem.self) { try CommandText.parse(text) }
    }
}
