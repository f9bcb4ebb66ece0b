import Foundation
import Testing

/// Our client against a server we did not write.
@Suite struct PymodbusServerTests {
    /// A Power Brain that charges with 16 A: state C, limit 16 A, allowed, offered 16 A, with a meter.
    static let powerBrain = """
        {"1": {"holding": {
          "islands": [[8000, 8023], [8040, 8040], [8057, 8069], [8080, 8088], [8090, 8113], [8120, 8121]],
          "words": {"8000": [52997, 0, 1, 256, 512, 0, 256, 0], "8057": [1, 0, 0, 18, 54919, 0, 11040, 0, 160, 0, 159, 0, 161],
                    "8083": [0, 300, 60], "8090": [0, 0, 2, 160, 1, 160], "8111": [3, 1, 256], "8120": [0, 7]},
          "text": {"8008": "PB123456", "8096": "04A1B2C3"}}}}
        """.replacing("\n", with: " ")

    /// An SDM630 with 6854 W; every float is encoded by Python's struct.
    static let sdm630 = """
        {"20": {"input": {
          "islands": [[0, 87], [200, 271], [334, 383]],
          "f32": {"0": [230.5, 229.75, 231.0, 10.0, 10.25, 9.5, 2305.0, 2354.5, 2194.5], "52": [6854.0],
                  "70": [50.0, 12345.5, 17.25], "224": [0.5], "342": [12362.75, 0, 4115.0, 4115.25, 4115.25]}},
         "holding": {"words": {"64512": [258, 772, 112, 280]}}}}
        """.replacing("\n", with: " ")

    struct Report: Decodable {
        struct Point: Decodable {
            enum Content: Decodable, Equatable {
                case number(Double)
                case bool(Bool)
                case text(String)

                init(from decoder: any Decoder) throws {
                    let container = try decoder.singleValueContainer()
                    if let bool = try? container.decode(Bool.self) {
                        self = .bool(bool)
                    } else if let number = try? container.decode(Double.self) {
                        self = .number(number)
                    } else {
                        self = .text(try container.decode(String.self))
                    }
                }
            }
            var value: Content?
            var unit: String?
            var quality: String
        }
        var profile: String
        var identity: [String: String]
        var points: [String: Point]
    }

    @Test func everyValueOfAWallboxIsReadOverTCP() async throws {
        let server = try await Line.tcp(Self.powerBrain)
        let report = try await read(["--profile", "cfos.power-brain", "--address", "127.0.0.1:\(server.port)"])
        Self.checkPowerBrain(report)
        server.peer.closeInput()
    }

    @Test func everyValueOfAWallboxIsReadOverASerialLine() async throws {
        let line = try await Line.serial(Self.powerBrain, baud: 9600, parity: "N")
        let report = try await read(["--profile", "cfos.power-brain", "--address", "\(line.path),9600,8,n,1"])
        Self.checkPowerBrain(report)
    }

    @Test func everyValueOfAMeterIsReadOverASerialLine() async throws {
        let line = try await Line.serial(Self.sdm630, baud: 9600, parity: "N")
        let report = try await read([
            "--profile", "eastron.sdm630", "--address", "\(line.path),9600,8,n,1", "--unit", "20",
        ])
        #expect(report.points["power"]?.value == .number(6854))
        #expect(report.points["power"]?.unit == "W")
        #expect(report.points["power.l2"]?.value == .number(2354.5))
        #expect(report.points["current.l1"]?.value == .number(10))
        #expect(report.points["current.l2"]?.value == .number(10.25))
        #expect(report.points["current.l3"]?.value == .number(9.5))
        #expect(report.points["voltage.l1"]?.value == .number(230.5))
        #expect(report.points["frequency"]?.value == .number(50))
        #expect(report.points["energy_import"]?.value == .number(12_345_500))
        #expect(report.points["energy_export"]?.value == .number(17250))
        #expect(report.points["current.n"]?.value == .number(0.5))
        #expect(report.identity["firmware"] == "1.18")
    }

    @Test func aCommandSendsExactlyItsFramesOverTCP() async throws {
        let server = try await Line.tcp(Self.powerBrain)
        let result = try await Programs.run([
            "command", "--profile", "cfos.power-brain", "--address", "127.0.0.1:\(server.port)", "charge=10A", "--json",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("\"verified\" : true"))
        #expect(server.peer.writes(from: 6) == ["01061F9D0064", "01061F9E0001"])
    }

    @Test func aCommandSendsExactlyItsFramesOverASerialLine() async throws {
        let line = try await Line.serial(Self.powerBrain, baud: 9600, parity: "N")
        let result = try await Programs.run([
            "command", "--profile", "cfos.power-brain", "--address", "\(line.path),9600,8,n,1", "charge=off",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(line.peer.writes(from: 0) == ["01061F9E0000"])
    }

    @Test func aDeviceOfAnotherMakeIsNotWritten() async throws {
        let server = try await Line.tcp(#"{"1": {"holding": {"islands": [[8000, 8200]]}}}"#)
        let result = try await Programs.run([
            "command", "--profile", "cfos.power-brain", "--address", "127.0.0.1:\(server.port)", "charge=10A",
        ])
        #expect(result.status == 4, "\(result.errors)")
        #expect(server.peer.writes(from: 6) == [])
    }

    @Test func nobodyAtTheAddressIsSaidSo() async throws {
        let result = try await Programs.run(["read", "--profile", "cfos.power-brain", "--address", "127.0.0.1:1"])
        #expect(result.status == 3)
        #expect(result.errors.contains("127.0.0.1:1"))
        #expect(result.errors.contains("refused"))
    }

    private func read(_ arguments: [String]) async throws -> Report {
        let result = try await Programs.run(["read"] + arguments + ["--json"])
        #expect(result.status == 0, "\(result.errors)")
        return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    }

    private static func checkPowerBrain(_ report: Report) {
        #expect(report.profile == "cfos.power-brain")
        #expect(report.identity["serial"] == "PB123456")
        #expect(report.points["rfid_tag"]?.value != nil)
        #expect(report.points["state"]?.value == .text("C"))
        #expect(report.points["current_limit"]?.value == .number(16))
        #expect(report.points["current_limit"]?.unit == "A")
        #expect(report.points["charging_allowed"]?.value == .bool(true))
        #expect(report.points["current_offered"]?.value == .number(16))
        #expect(report.points["power"]?.value == .number(11040))
        #expect(report.points["current.l1"]?.value == .number(16))
        #expect(report.points["current.l2"]?.value == .number(15.9))
        #expect(report.points["current.l3"]?.value == .number(16.1))
        #expect(report.points["energy_total"]?.value == .number(1_234_567))
        #expect(report.points["failsafe_timeout"]?.value == .number(300))
        #expect(report.points["failsafe_current"]?.value == .number(6))
        #expect(report.points["phases_set"]?.value == .number(3))
        #expect(report.points["restarts"]?.value == .number(7))
    }
}
