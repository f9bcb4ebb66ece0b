/// Fingerprints of the released steps.
enum PinnedMigrations {
    static let all = [
        "001-told-values 92aedddad6c82779",
        "002-register-writes e4784c230598ae5f",
        "003-driver-store-and-settings db5981f796fcbdf",
        "004-clock 8faf09641c1a0096",
        "005-connectors 9ea9cf26fe63ca2a",
        "006-events 487ff702c638b5b5",
        "007-ocpp-queue 6f74e3d44572815e",
        "008-sessions 7d833b13a2abbde3",
        "009-ocpp-station 9cbe8963dd672008",
        "010-ocpp-uncertain-times febfd543b6b3ee22",
    ]
}
