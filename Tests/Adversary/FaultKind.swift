/// What can go wrong, or happen, at a site.
public enum FaultKind: Int, CaseIterable, Sendable {
    /// A frame does not arrive.
    case frameLost
    /// An answer does not arrive.
    case answerLost
    /// A frame arrives late, after its time ran out, as from the queue of a gateway.
    case frameLate
    /// An answer is reported twice.
    case answerDoubled
    /// A box does not hear the host for a while, but is heard.
    case deaf
    /// A box hears the host for a while, but is not heard.
    case mute
    /// A box neither hears nor is heard for a while.
    case dead
    /// A box answers with an exception.
    case refusal
    /// A box acknowledges for a while and does not obey.
    case disobedience
    /// Somebody else writes to a box.
    case foreignWrite
    /// A box begins anew: it forgets its set-point and comes back with its power-on value.
    case reboot
    /// A meter gives the same words for a while.
    case frozenMeter
    /// A meter does not answer for a while.
    case lostMeter
    /// The host is killed, and starts again from what it had stored.
    case kill
    /// The machine begins anew, and with it its clock.
    case powerCut
    /// The host stands still for a while; its clock goes on.
    case stall
    /// The machine sleeps for a while, and its clock with it.
    case sleep
    /// The store fails, or takes its time.
    case badStore
    /// The house draws other currents.
    case houseJump
    /// A limit of a circuit changes.
    case limitChange
    /// A power limit changes.
    case budgetChange
    /// A box is removed or disabled and comes back later.
    case removal
    /// A box is moved to another circuit.
    case move
    /// A car comes.
    case plugged
    /// A car goes.
    case unplugged
    /// A car draws less than it may, nothing, or all again.
    case appetite
    /// A car goes on too long with what it drew.
    case lateCar
    /// A car uses other phases than before.
    case otherPhases

    /// Whether it can lead to more current than the host could know of, so that a limit may be passed until it does.
    var isExcuse: Bool {
        switch self {
        case .disobedience, .foreignWrite, .houseJump, .limitChange, .budgetChange, .move, .lateCar, .otherPhases: true
        default: false
        }
    }
}
