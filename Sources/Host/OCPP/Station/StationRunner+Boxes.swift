import DriverAPI
import OCPP

extension StationRunner {
    /// Tells the station what the boxes show.
    func read(_ states: [DeviceState]) {
        for (connector, id) in setup.boxes.sorted(by: { $0.key < $1.key }) {
            guard let box = states.first(where: { $0.entry.id == id }) else { continue }
            let meter = states.first { $0.isInUse && $0.entry.role == .box && $0.entry.of == id }
            if !box.isInUse {
                take(.boxLost(connector: connector, reason: "the site does not use the box"))
            } else if let reading = BoxReader.reading(box, meter: meter) {
                read(connector, box, meter, reading)
            }
        }
    }

    private func read(
        _ connector: Int, _ box: DeviceState, _ meter: DeviceState?, _ reading: Result<BoxReading, BoxSilence>
    ) {
        if let tag = readers.tag(box) { take(.tag(connector: connector, idTag: tag)) }
        if case .success(let reading) = reading, reading.pilot?.mayDraw ?? true {
            drawing.insert(connector)
        } else {
            drawing.remove(connector)
        }
        switch reading {
        case .failure(let silence): take(.boxLost(connector: connector, reason: silence.description))
        case .success(let reading):
            let register = BoxReader.register(box, meter)
            let verdict = refresh.verdict(
                connector, reading.pilot, energyAt: register?.time,
                hasTransaction: station.transaction(of: connector) != nil, at: clock.now)
            if verdict == .tell || verdict == .tellAndRead { take(.box(connector: connector, reading)) }
            guard verdict == .readFirst || verdict == .tellAndRead, let register else { return }
            Task {
                await readNow(meter?.entry.id ?? box.entry.id, register.point)
                refresh.ended(connector)
            }
        }
    }

    /// Unlocks a socket once its box draws nothing any more: load management stops it within a tick.
    func unlock(_ connector: Int) {
        guard let box = setup.boxes[connector] else { return take(.unlocked(connector: connector, false)) }
        Task {
            for _ in 0..<100 where drawing.contains(connector) { try? await clock.sleep(.milliseconds(100)) }
            let isUnlocked = await drawing.contains(connector) ? false : unlockBox(box)
            take(.unlocked(connector: connector, isUnlocked))
        }
    }

    /// Has boxes booked on every phase of whose wiring the backend says something else than the site file.
    func applyRotations() async {
        // A slave books nothing; how it is wired is for its master to know.
        if setup.configuration.isGoverned { return }
        let now = ConnectorRotations.doubted(station.keys, setup.rotations)
        orders.doubt(Set(now.keys.map(setup.device(of:))))
        for (connector, value) in now.sorted(by: { $0.key < $1.key }) where doubted[connector] != value {
            let text =
                "\(setup.device(of: connector)): the backend says its phases lie \(value.rawValue), the site file "
                + "\(setup.rotations[connector] ?? ""); it counts on every phase until both say the same"
            log.write(.warning, text)
            await alarm(text)
        }
        doubted = now
    }
}

extension PilotState {
    /// Whether the vehicle may be drawing current.
    fileprivate var mayDraw: Bool { self == .c || self == .d }
}
