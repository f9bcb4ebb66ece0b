import DeviceProfiles
import DriverAPI

/// The facts of a profile's identification, read from a fixture.
public enum DeviceFacts {
    /// Every fact that the fixture's registers hold; refused ones are left out.
    public static func facts(
        of profile: DeviceProfile, in fixture: Fixture, options: [String: Value] = [:]
    ) -> [String: Value] {
        let image = RegisterImage(fixture.words)
        var facts: [String: Value] = [:]
        for fact in profile.identify?.facts ?? [] {
            guard let place = fact.place else { continue }
            if let codes = fixture.exceptions[place.table], place.range.contains(where: { codes[$0] != nil }) {
                continue
            }
            let map = RegisterMap(profile: profile, options: options, facts: facts, image: image)
            let decoded = fact.decode(image[place.table, place.range], in: ImageScope(image: image, map: map))
            if decoded.quality == .good { facts[fact.name] = decoded.value }
        }
        return facts
    }
}
