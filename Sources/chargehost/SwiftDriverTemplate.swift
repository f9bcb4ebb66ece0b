/// What `driver new --language swift` writes.
enum SwiftDriverTemplate {
    /// The files by their names; the name of the driver is `my-meter` in them, `{checkout}` the folder of chargehost.
    static let files = [
        "driver.yaml": manifest, "Package.swift": package, "Sources/my-meter/MyMeter.swift": program,
        "sample": "1234500000\n",
    ]

    /// The manifest.
    static let manifest = #"""
        api: 1
        name: my-meter
        version: 1.0.0
        program: .build/release/my-meter
        classes: [meter]
        memory: 128
        options:
          factor: {type: number, default: 0.000001, description: what the number in the file is multiplied with to get W}
        check:
          address: sample

        """#

    /// The package.
    static let package = #"""
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "my-meter",
            dependencies: [.package(name: "chargehost", path: "{checkout}")],
            targets: [
                .executableTarget(name: "my-meter", dependencies: [.product(name: "DriverAPI", package: "chargehost")])
            ],
            swiftLanguageModes: [.v6]
        )

        """#

    /// The driver.
    static let program = #"""
        import DriverAPI
        import Foundation

        /// A meter that Linux shows in a file, such as /sys/class/hwmon/hwmon0/power1_input in µW: the address is the file.
        @main struct MyMeter: DriverProgram {
            let name = "my-meter"
            let version = "1.0.0"

            func open(_ device: DeviceConfiguration, context: DriverContext) async throws(DriverError) -> any Device {
                guard let factor = Exact(text: device.options["factor"] ?? "1") else {
                    throw .configuration("factor must be a number")
                }
                let box = MeterFile(path: device.address, factor: factor, clock: context.clock)
                return PolledDevice(box, every: .seconds(1), context: context)
            }
        }

        /// The file of one meter.
        struct MeterFile: PolledBox {
            let path: String
            let factor: Exact
            let clock: any SiteClock

            func describe() async throws(DriverError) -> DeviceDescription {
                _ = try await poll()
                return DeviceDescription(deviceClass: .meter, identity: ["model": "hwmon"], points: ["power"])
            }

            func poll() async throws(DriverError) -> [Reading] {
                guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                    throw .unreachable("\(path) cannot be read")
                }
                let number = Exact(text: text.trimmingCharacters(in: .whitespacesAndNewlines))
                guard let power = number?.multiplied(by: factor) else { throw .unreachable("there is no number in \(path)") }
                return [Reading(point: "power", value: .number(power), unit: .W, quality: .good, time: clock.now)]
            }
        }

        """#
}
