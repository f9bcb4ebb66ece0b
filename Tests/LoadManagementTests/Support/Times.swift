import LoadManagement

/// `count` seconds.
func seconds(_ count: Double) -> Moment { Moment(count * 1_000_000_000) }
