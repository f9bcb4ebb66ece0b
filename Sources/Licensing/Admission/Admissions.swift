/// Decides which charge points the host may control.
///
/// Any number of Power Brain boxes is free. Of the others so many as there are places. Who has a place keeps it as long as
/// it is enabled and controlled; the order of the site file only ranks newcomers. When there are fewer places than before,
/// those who came last lose theirs.
public enum Admissions {
    /// Decides about `boxes`, which are in the order of the site file.
    ///
    /// The same input gives the same answer; what happens to a box that holds no place changes nothing for those that do.
    public static func admit(
        _ boxes: [LicensedBox], places: Int, memory: AdmissionMemory
    ) -> (admissions: [String: Admission], memory: AdmissionMemory) {
        var memory = memory
        var counted: [(id: String, why: BoxMake.ThirdParty)] = []
        var admissions: [String: Admission] = [:]
        for box in boxes {
            switch (box.isControlled, box.make) {
            case (false, _): admissions[box.id] = .notControlled
            case (true, .powerBrain): admissions[box.id] = .free
            case (true, .unproven): admissions[box.id] = .waitsForIdentity
            case (true, .thirdParty(let why)): counted.append((box.id, why))
            }
        }
        // One that waits keeps the place it held, for it may turn out to need it; it gets none before.
        let keeps = Set(counted.map(\.id)).union(admissions.filter { $0.value == .waitsForIdentity }.keys)
        for id in memory.places.keys where !keeps.contains(id) { memory.take(id) }
        for id in memory.places.sorted(by: { $0.value < $1.value }).map(\.key).dropFirst(max(0, places)) {
            memory.take(id)
        }
        for box in counted where memory.places.count < places { memory.give(box.id) }
        for box in counted {
            admissions[box.id] = memory.places[box.id] == nil ? .overLimit(box.why, places: places) : .placed(box.why)
        }
        return (admissions, memory)
    }
}
