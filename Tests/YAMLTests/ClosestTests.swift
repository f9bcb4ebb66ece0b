import Testing
import YAML

struct ClosestTests {
    private let keys = [
        "at", "bit", "bits", "current_limit", "charging_allowed", "keepalive", "scale", "scale_from", "unit",
    ]

    @Test(arguments: [
        ("chargin_allowed", "charging_allowed"), ("current-limit", "current_limit"), ("currentlimit", "current_limit"),
        ("CURRENT_LIMIT", "current_limit"), ("keepailve", "keepalive"), ("KeepAlive", "keepalive"), ("sclae", "scale"),
        ("units", "unit"), ("Unit", "unit"), ("scale-from", "scale_from"), ("AT", "at"), ("ta", "at"),
    ])
    func slipsAreRecognised(slip: String, meant: String) {
        #expect(closest(to: slip, among: keys) == meant)
        #expect(closest(to: slip, among: keys.reversed()) == meant)
    }

    @Test(arguments: ["", "x", "zz", "voltage", "registers", "sc", "identify", "tickle"])
    func strangeWordsGetNoSuggestion(word: String) {
        #expect(closest(to: word, among: keys) == nil)
    }

    @Test func theNearestWinsAndTiesGoByAlphabet() {
        #expect(closest(to: "bitz", among: ["bits", "bit"]) == "bit")
        #expect(closest(to: "Bits", among: ["bit", "bits"]) == "bits")
        #expect(closest(to: "cat", among: ["hat", "bat", "rat"]) == "bat")
    }

    @Test func aWordIsNoSuggestionForItselfAndEndlessOnesAreSkipped() {
        #expect(closest(to: "at", among: ["at"]) == nil)
        let long = String(repeating: "a", count: 100_000)
        #expect(closest(to: long, among: [long + "b", "at"]) == nil)
        #expect(closest(to: "at", among: []) == nil)
    }
}
