import Foundation
import LoadManagement

/// `count` seconds.
func seconds(_ count: Double) -> Moment { Moment(count * 1_000_000_000) }

/// What comes back when `value` is written as JSON and read.
func coded<T: Codable>(_ value: T) throws -> T {
    try JSONDecoder().decode(T.self, from: JSONEncoder().encode(value))
}
