import LoadManagement

/// A car and how it follows the pilot. Times are milliseconds, currents milliamperes.
struct Car {
    /// The terminals it draws on.
    var phases: PhaseSet
    /// The most it takes.
    var want: Int
    /// How long it takes to follow a lower pilot; IEC 61851-1 Table A.6 gives it 5 s.
    var slowness: ClosedRange<Int>
    /// When it last began to be plugged in.
    var since: Int
    /// When it starts to look at the pilot.
    var readyAt: Int
}
