// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// CI turns every warning into an error; a newcomer's compiler must not refuse to build over one.
let strict: [SwiftSetting] =
    ProcessInfo.processInfo.environment["CHARGEHOST_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, resources: [Resource]? = nil
) -> Target {
    .target(name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", resources: resources,
        swiftSettings: strict)
}

let package = Package(
    name: "chargehost",
    products: [
        .executable(name: "chargehost", targets: ["chargehost"]),
        .library(name: "DriverAPI", targets: ["DriverAPI"]),
    ],
    targets: [
        .systemLibrary(name: "CModbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CWebSockets", pkgConfig: "libwebsockets", providers: [.apt(["libwebsockets-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCBOR", pkgConfig: "libcbor", providers: [.apt(["libcbor-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),

        library("JSONSyntax"),
        library("DriverAPI", ["JSONSyntax"]),
        library("YAML", ["CYAML"]),
        library("ReadPlanning"),
        library("LoadManagement"),
        library("Recording", ["LoadManagement"]),
        library("DeviceProfiles", ["DriverAPI", "YAML", "ReadPlanning"]),
        library("Modbus", ["CModbus", "DriverAPI", "ReadPlanning"]),
        library("OCPP", ["CCBOR", "CSodium", "JSONSyntax"]),
        library("Licensing", ["CSodium"], resources: [.embedInCode("Keys/vendor.keys")]),
        library("ProfileTrust", ["CSodium", "Licensing", "YAML"]),
        library("Storage", ["CSQLite"]),
        library("Network", ["CWebSockets", "COpenSSL"]),
        library("Transfer", ["CCurl", "COpenSSL"]),
        library(
            "ModbusProfile", ["DriverAPI", "DeviceProfiles", "ReadPlanning", "Modbus"], path: "Drivers/ModbusProfile"),
        library("OCPPSlave", ["DriverAPI", "OCPP", "Network"], path: "Drivers/OCPPSlave"),
        library("DriverPrograms", ["CSpawn", "DriverAPI", "YAML"], path: "Drivers/DriverPrograms"),
        library("Simulator", ["DriverAPI", "DeviceProfiles", "ReadPlanning", "Modbus"]),
        library(
            "ProfileTesting", ["DriverAPI", "DeviceProfiles", "ReadPlanning", "Modbus", "ModbusProfile", "Simulator"]),
        library(
            "Host",
            [
                "DriverAPI", "YAML", "DeviceProfiles", "ReadPlanning", "Modbus", "ModbusProfile", "LoadManagement",
                "Recording", "Storage", "Simulator", "ProfileTesting", "Network", "OCPP", "OCPPSlave", "Licensing",
                "ProfileTrust", "Transfer", "DriverPrograms",
            ], resources: [.embedInCode("Web"), .embedInCode("HTTP/openapi.json")]),
        .executableTarget(
            name: "chargehost",
            dependencies: [
                "DriverAPI", "DriverPrograms", "Host", "DeviceProfiles", "Licensing", "LoadManagement", "Modbus",
                "Network",
                "ProfileTesting", "ProfileTrust",
                "ReadPlanning", "Recording", "Simulator", "Storage", "YAML",
            ], path: "Sources/chargehost", swiftSettings: strict),

        .target(name: "Baseline", dependencies: ["CModbus"], path: "Benchmarks/Baseline"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Baseline", "Modbus", "DriverAPI", "ReadPlanning", "LoadManagement", "DeviceProfiles", "ModbusProfile",
                "Network", "OCPP", "OCPPSlave", "Simulator", "Storage",
            ], path: "Benchmarks/Benchmarks", swiftSettings: strict),

        library("TestTools", path: "Tests/TestTools"),
        tests("DriverAPI", ["DriverAPI"]),
        tests("YAML", ["YAML", "TestTools"]),
        tests("ReadPlanning", ["ReadPlanning", "TestTools"]),
        tests("LoadManagement", ["LoadManagement", "TestTools"], resources: [.copy("Scenarios")]),
        library("Adversary", ["LoadManagement", "TestTools"], path: "Tests/Adversary"),
        .executableTarget(
            name: "adversary", dependencies: ["Adversary"], path: "Tests/AdversaryRun", swiftSettings: strict),
        tests("Adversary", ["Adversary", "LoadManagement"]),
        tests("Recording", ["Recording", "LoadManagement", "TestTools"], resources: [.copy("Recordings")]),
        tests("DeviceProfiles", ["DeviceProfiles", "YAML", "DriverAPI", "ReadPlanning", "TestTools"]),
        tests("Modbus", ["Modbus", "ReadPlanning", "DriverAPI", "TestTools"]),
        tests("OCPP", ["OCPP", "TestTools"]),
        tests("OCPPSlave", ["OCPPSlave", "OCPP", "DriverAPI", "Network"]),
        .executableTarget(
            name: "queueworker", dependencies: ["Storage"], path: "Tests/QueueWorker", swiftSettings: strict),
        tests("Storage", ["Storage", "TestTools", "queueworker"]),
        tests("Network", ["Network", "TestTools"]),
        .testTarget(
            name: "TransferTests", dependencies: ["TestTools", "Transfer"], path: "Tests/TransferTests",
            exclude: ["Peers"],
            swiftSettings: strict),
        .target(name: "VendorKit", dependencies: ["Licensing"], path: "Tests/VendorKit", swiftSettings: strict),
        .executableTarget(
            name: "vendorhost", dependencies: ["Host", "Licensing"], path: "Tests/VendorHost", swiftSettings: strict),
        tests("Licensing", ["Licensing", "TestTools", "VendorKit"]),
        tests("ProfileTrust", ["ProfileTrust", "Licensing", "TestTools", "VendorKit", "YAML"]),
        tests(
            "ModbusProfile",
            ["ModbusProfile", "DeviceProfiles", "Modbus", "ReadPlanning", "DriverAPI", "Simulator", "YAML"]),
        .executableTarget(
            name: "goe", dependencies: ["DriverAPI"], path: "Examples/drivers/goe/Sources/goe", swiftSettings: strict),
        .testTarget(
            name: "DriverProgramsTests", dependencies: ["DriverPrograms", "DriverAPI", "goe"],
            path: "Tests/DriverProgramsTests", exclude: ["Peers"], swiftSettings: strict),
        tests("Simulator", ["Simulator", "DeviceProfiles", "Modbus", "ReadPlanning", "DriverAPI"]),
        tests(
            "ProfileTesting",
            [
                "ProfileTesting", "DeviceProfiles", "DriverAPI", "ModbusProfile", "Modbus", "Simulator", "YAML",
                "ReadPlanning",
            ]),
        tests(
            "Host",
            [
                "Host", "Licensing", "ProfileTrust", "LoadManagement", "Recording", "DriverAPI", "Simulator", "Storage",
                "DeviceProfiles", "DriverPrograms", "Modbus",
                "ModbusProfile", "Network", "OCPP", "TestTools", "YAML",
            ]),
        .testTarget(
            name: "InteropTests",
            dependencies: [
                "Host", "DriverAPI", "Licensing", "Network", "OCPP", "OCPPSlave", "Storage", "TestTools",
                "VendorKit", "vendorhost",
            ],
            path: "Tests/InteropTests", exclude: ["Peers"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
