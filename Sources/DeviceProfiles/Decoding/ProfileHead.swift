import DriverAPI
import ReadPlanning

/// The parts of a profile that no variant changes.
struct ProfileHead {
    var deviceClass = DeviceClass.wallbox
    var notation = AddressNotation(addressing: .zero)
    var defaults = PointDefaults()
    var options: [OptionDefinition] = []
    var identify: Identification?
    /// The types of options and facts in expressions; what could not be read is `unknown`, so it is reported once.
    var optionTypes: [String: ExpressionType] = [:]
    var factTypes: [String: ExpressionType] = [:]
}

/// What points and facts have that do not say: the section `defaults`.
struct PointDefaults {
    var table: RegisterTable?
    var type: RawType?
    var poll: PollClass = .normal
    var order: WordOrder?
}
