import DriverAPI
import ReadPlanning
import YAML

/// Decodes the tests of a profile against all points that it can have, in variants too.
struct TestDecoder {
    let compiler: ProfileCompiler
    let fixtures: Set<String>
    /// Points by name, those of variants included.
    let points: [String: PointDefinition]
    let control: Control

    /// The tests, in the order of the file.
    func decode() -> [ProfileTest] {
        (compiler.root[text: "tests"]?.sequence ?? []).compactMap(decodeTest)
    }

    func report(_ code: DiagnosticCode, at mark: Mark, _ message: String, _ subject: String) {
        compiler.report(code, at: mark, message, subject)
    }

    private func decodeTest(_ node: Node) -> ProfileTest? {
        guard let name = node[text: "name"]?.text else { return nil }
        let subject = "test \"\(name.shown)\""
        var test = ProfileTest(name: name, mark: node.mark)
        if let given = node[text: "given"], let fixture = given.text {
            test.given = fixture
            if !fixtures.contains(fixture) {
                let hint = closest(to: fixture, among: Array(fixtures)).map { ", did you mean \"\($0)\"?" } ?? ""
                report(.fixture, at: given.mark, "there is no fixture \"\(fixture.shown)\"\(hint)", subject)
            }
        }
        test.options = compiler.writtenOptions(node[text: "options"], subject)
        if let line = node[text: "line"], let timing = line[text: "bus"]?.text.flatMap(BusText.line),
            let latency = line[text: "latency"]?.duration
        {
            test.line = (timing, latency)
        }
        test.commands = decodeCommands(node[text: "command"], subject)
        decodeExpectations(node[text: "expect"], into: &test, subject)
        test.writes = node[text: "expect_writes"]?.texts
        test.initWrites = node[text: "expect_init"]?.texts
        test.refused = node[text: "expect_refused"]?.text
        decodePlans(node, into: &test, subject)
        test.scenario = decodeScenario(node[text: "scenario"], subject)
        if test.given == nil, test.plans.isEmpty {
            report(.fixture, at: node.mark, "a test without `given` can only expect plans", subject)
        }
        return test
    }

    private func decodeExpectations(_ node: Node?, into test: inout ProfileTest, _ subject: String) {
        test.identify = node?[text: "identify"]?.int
        test.identifyNot = node?[text: "not"]?.texts ?? []
        if let place = node?.key("identify"), compiler.head.identify == nil {
            report(.fixture, at: place.mark, "the profile has no `identify`", subject)
        }
        test.expect = decodeExpected(node, subject)
    }

    /// Plan strings turned into requests on the wire, written as plans are.
    private func decodePlans(_ node: Node, into test: inout ProfileTest, _ subject: String) {
        guard let plans = node[text: "expect_plan"] else { return }
        if test.line == nil, node[text: "line"] == nil {
            report(.fixture, at: node.key("expect_plan")?.mark ?? plans.mark, "a plan needs a `line`", subject)
        }
        for (key, list) in plans.mapping ?? [] {
            guard let name = key.text, let items = list.sequence else { continue }
            test.plans[name] = items.compactMap { planRequest($0, subject) }
        }
    }

    private func planRequest(_ node: Node, _ subject: String) -> String? {
        guard let written = node.text.flatMap(FrameText.planRequest) else { return nil }
        let codes = compiler.modbus.constraints.readFunction
        let tables = RegisterTable.allCases.filter { (codes[$0] ?? $0.standardReadFunction) == written.function }
        let notation = compiler.head.notation
        do {
            let table = tables.count == 1 ? tables.first : nil
            let (found, address) = try notation.wire(Int128(written.address), table: table ?? tables.first)
            guard let first = UInt16(exactly: address), let count = UInt16(exactly: written.count) else { return nil }
            let request = ReadRequest(found ?? .holding, at: first, count: count, function: written.function)
            return ReadPlan.Entry(unit: written.unit, request: request, items: []).description
        } catch {
            report(.address, at: node.mark, error.description, subject)
            return nil
        }
    }
}
