// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "goe",
    dependencies: [.package(name: "chargehost", path: "../../..")],
    targets: [.executableTarget(name: "goe", dependencies: [.product(name: "DriverAPI", package: "chargehost")])],
    swiftLanguageModes: [.v6]
)
