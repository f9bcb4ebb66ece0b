import Foundation
import LoadManagement
import Testing

/// `chargehost allocate --jsonl`: one line in, one line out.
struct AllocateLineTests {
    @Test func aLineIsAnsweredWithCurrentsAndReasons() throws {
        let line = """
            {"id":"E7","nodes":{"main":{"limit":[50,50,50],"parent":null},"p1":{"limit":20,"parent":"main"}},\
            "boxes":[{"id":"x","node":"p1","max":16,"reserved":16},{"id":"a","node":"p1","max":16},\
            {"id":"b","node":"main","max":10.7}]}
            """
        var time = 100
        let answer = AllocateLine.answer(Data(line.utf8)) {
            time += 7
            return time
        }
        let expected = """
            {"allocA":{"a":0,"b":10.7},"id":"E7","us":7,"why":{"a":{"limit":"node","node":"p1","phase":"L1"},\
            "b":{"limit":"max"},"x":{"limit":"reserved"}}}
            """
        #expect(String(decoding: answer, as: UTF8.self) == expected)
        let read = try JSONDecoder().decode(AllocateLine.self, from: answer)
        let why: [String: Reason] = ["a": .node("p1", .l1), "b": .max, "x": .reserved]
        #expect(read == .shared(id: "E7", current: ["a": 0, "b": 10_700], why: why, microseconds: 7))
    }

    @Test(arguments: [
        ("{", nil, "the line is no JSON object"),
        (#"{"id":"q","boxes":[]}"#, "q", "'nodes' is missing"),
        (#"{"id":"q","nodes":{},"boxes":[]}"#, "q", "there is no circuit"),
        (#"{"id":"q","nodes":{"m":{"limit":[1,2]}},"boxes":[]}"#, "q", "three numbers are needed"),
        (#"{"id":"q","nodes":{"m":{"limit":1,"parent":"n"}},"boxes":[]}"#, "q", "'n', which does not exist"),
        (#"{"id":"q","nodes":{"m":{"limit":1,"parent":"m"}},"boxes":[]}"#, "q", "ring"),
        (#"{"id":"q","nodes":{"m":{"limit":-1}},"boxes":[]}"#, "q", "the limit on L1 of circuit 'm' is -1 A"),
        (#"{"id":"q","nodes":{"m":{"limit":1}},"boxes":[{"id":"a","node":"n","max":1}]}"#, "q", "'n', which"),
        (#"{"id":"q","nodes":{"m":{"limit":1}},"boxes":[{"id":"a","node":"m"}]}"#, "q", "'boxes.0.max' is missing"),
        (#"{"id":"q","nodes":{"m":{"limit":1}},"boxes":[{"id":"a","node":"m","max":1,"phases":4}]}"#, "q", "phases"),
        (
            #"{"id":"q","nodes":{"m":{"limit":1}},"boxes":[{"id":"a","node":"m","max":1,"rotation":"111"}]}"#, "q",
            "rotation"
        ),
        (#"{"id":"q","nodes":{"m":{"limit":1}},"boxes":[],"stepA":0}"#, "q", "stepA"),
        (#"{"id":"q","nodes":{"m":{"limit":1e300}},"boxes":[]}"#, "q", "limit"),
        (
            #"{"id":"q","nodes":{"m":{"limit":1}},"boxes":[{"id":"a","node":"m","max":1},{"id":"a","node":"m","max":1}]}"#,
            "q", "'a' is there twice"
        ),
    ]) func aMalformedLineIsAnsweredWithWhatIsWrong(_ line: String, _ id: String?, _ part: String) throws {
        let answer = try JSONDecoder().decode(AllocateLine.self, from: AllocateLine.answer(Data(line.utf8)) { 0 })
        guard case .failed(let named, let error) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(named == id)
        #expect(error.contains(part), "\(error)")
    }
}
