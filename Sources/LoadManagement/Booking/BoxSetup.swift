/// Where a box is and what it can do.
public struct BoxSetup: Hashable, Codable, Sendable {
    /// The name of the box.
    public var id: String
    /// The circuit it hangs on.
    public var node: String
    /// How its terminals are wired to the supply.
    public var rotation: Rotation
    /// What it can do.
    public var ability: BoxAbility
    /// Whether the installer accepted that it may go on by itself, without a watchdog, if the host dies.
    public var isUnattendedAccepted: Bool

    /// Makes the setup of the box `id` on the circuit `node`.
    public init(
        id: String, node: String, rotation: Rotation = .r123, ability: BoxAbility, isUnattendedAccepted: Bool = false
    ) {
        self.id = id
        self.node = node
        self.rotation = rotation
        self.ability = ability
        self.isUnattendedAccepted = isUnattendedAccepted
    }
}
