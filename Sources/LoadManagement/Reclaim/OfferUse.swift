/// What a box was told last and was last measured to draw.
struct OfferUse {
    /// The last value it was told; nil before the first.
    var told: ToldValue?
    /// What it drew at its terminals; nil without a meter of its own.
    var drawn: (at: Moment, current: PhaseCurrents)?
}
