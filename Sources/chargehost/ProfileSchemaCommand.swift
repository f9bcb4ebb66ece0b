import DeviceProfiles

/// `profile schema`
enum ProfileSchemaCommand: Subcommand {
    static let name = "profile schema"
    static let summary = "the JSON Schema for editors"
    static let accepted = Arguments.Accepted()
    static let help = """
        usage: chargehost profile schema

        Prints the JSON Schema (draft-07) of profile/1 for editors. `profile lint` checks more than a schema can.

        example: chargehost profile schema > Profiles/schema/profile-1.json
        """

    static func run(_ arguments: Arguments) -> ExitStatus {
        Console.write(ProfileSchema.json(), to: 1)
        return .fine
    }
}
