import CModbus
import DriverAPI
import ReadPlanning
import Testing

@testable import Modbus

/// Adapters that are pulled out and come back under another device file.
@Suite struct ReplugTests {
    private let line = LineParameters(baud: 115200)

    @Test func aLineIsFoundAgainUnderTheNumberItComesBackAs() async throws {
        let tree = try FakeTree()
        let adapter = FakeTree.Adapter(socket: "1-1.2", serial: "A10K3XYZ")
        let server = try ModbusServer()
        var terminal: PseudoTerminal? = try PseudoTerminal()
        let before = try server.serve(try #require(terminal), as: line, handler: Registers())
        try tree.plug(adapter, as: "ttyUSB0", line: try #require(terminal?.path))
        let bus = Bus(.serial(path: "usb:FTDI:A10K3XYZ", line), adapters: tree.adapters)
        #expect(try await bus.registers(3, timeout: .seconds(10)) == [3])

        // Another adapter takes the old number while this one is out.
        await server.stop(before)
        terminal = nil
        try tree.pull("ttyUSB0", socket: adapter.socket)
        let other = try PseudoTerminal()
        try tree.plug(.init(socket: "1-1.3", serial: "OTHER"), as: "ttyUSB0", line: other.path)
        var why = ""
        for _ in 0..<50 {
            let error = await failure { () async throws(LinkError) in
                try await bus.registers(4, timeout: .milliseconds(50))
            }
            if case .unreachable(let reason) = error, reason.contains("not plugged in") {
                why = reason
                break
            }
        }
        #expect(why.contains("there are usb:FTDI:OTHER"))

        let back = try PseudoTerminal()
        _ = try server.serve(back, as: line, handler: Registers())
        try tree.plug(adapter, as: "ttyUSB7", line: back.path)
        var answer: [UInt16]?
        let clock = SystemClock()
        let replugged = clock.now
        while answer == nil, replugged.duration(to: clock.now) < .seconds(30) {
            answer = try? await bus.registers(5, timeout: .seconds(5))
            if answer == nil { try await Task.sleep(for: .milliseconds(20)) }
        }
        #expect(answer == [5])
        #expect(bus.statistics.connects == 2)
        #expect(bus.statistics.units[1]?.broken ?? 0 >= 1)
    }

    @Test func aLineWhoseDriverCannotSwitchTheDirectionSaysSo() async throws {
        let terminal = try PseudoTerminal()
        for (direction, words) in [
            (LineDirection.kernel, "its driver does not switch"), (.kernelInverted, "its driver does not switch"),
            (.program, "no RTS"), (.programInverted, "no RTS"),
        ] {
            let bus = Bus(.serial(path: terminal.path, LineParameters(baud: 9600, direction: direction)))
            let error = await failure { () async throws(LinkError) in try await bus.registers(1) }
            guard case .unreachable(let why) = error else {
                Issue.record("\(direction): \(String(describing: error))")
                continue
            }
            #expect(why.contains(words) && why.contains("“\(direction.rawValue)”"))
        }
    }

    @Test func theKernelsSettingsKeepWhatIsNotOurs() {
        // linux/serial.h: ENABLED 1, RTS_ON_SEND 2, RTS_AFTER_SEND 4, RX_DURING_TX 16, TERMINATE_BUS 32.
        var before = serial_rs485()
        before.flags = 32 | 16 | 4
        before.delay_rts_before_send = 3
        let settings = LineDirection.kernel.applied(to: before)
        #expect(settings.flags == 32 | 1 | 2)
        #expect(settings.delay_rts_before_send == 3)
        #expect(LineDirection.kernelInverted.applied(to: before).flags == 32 | 1 | 4)
    }

    @Test func aServersLineHasNoRTSOfThisProgram() throws {
        let error = #expect(throws: ServerError.self) {
            try ModbusServer().serve(
                line: "/dev/null", LineParameters(baud: 9600, direction: .program), handler: Registers())
        }
        #expect(error?.description.contains("rs485") == true)
    }
}
