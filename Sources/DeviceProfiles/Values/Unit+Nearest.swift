import DriverAPI
import YAML

extension Unit {
    /// The unit a misspelt one probably means; nil when none is near.
    static func nearest(to text: String) -> String? { closest(to: text, among: allCases.map(\.rawValue)) }
}
