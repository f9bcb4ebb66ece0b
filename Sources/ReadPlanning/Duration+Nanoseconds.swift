extension Duration {
    /// Whole nanoseconds, kept within plus and minus one hour so that sums over a plan can not overflow.
    var nanoseconds: Int64 {
        let bounded = min(max(self, .seconds(-3600)), .seconds(3600))
        let parts = bounded.components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }
}
