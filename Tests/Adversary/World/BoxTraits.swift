/// What a box is like beside what its profile says of it. Times are milliseconds, currents milliamperes.
struct BoxTraits {
    /// How long it takes at most to pass a new value on.
    var pacing = 0
    /// How long it waits for a frame; nil: for ever.
    var watchdog: Int?
    /// What it falls back to.
    var fallback = 0
    /// Whether only writing keeps its watchdog from running out.
    var isFedByWritesOnly = false
    /// Whether after falling back it goes on with what it holds when it hears anything; else only with a new value.
    var resumesOnAnyFrame = false
    /// What it holds when its power comes back.
    var powerOn = 0
    /// Whether what it holds can be read.
    var isReadBack = true
    /// Whether it measures what its car draws.
    var hasMeter = true
    /// Whether it and its car take all the time they have to follow downwards, and none upwards.
    var isSharp = false
}
