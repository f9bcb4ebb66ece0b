import Foundation
import Storage
import Testing

private actor Worker {
    private let executor: ThreadExecutor
    private(set) var seen: [Int] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ name: String) throws { executor = try ThreadExecutor(name: name) }

    func add(_ number: Int) { seen.append(number) }

    func threadName() throws -> String {
        try String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8).trimmingCharacters(in: .newlines)
    }
}

struct ThreadExecutorTests {
    @Test func jobsRunOnTheNamedThread() async throws {
        let worker = try Worker("ch-test-executor-with-a-long-name")
        for _ in 0..<3 { #expect(try await worker.threadName() == "ch-test-executo") }
    }

    @Test func jobsOfOneTaskRunInOrderAndNoneIsLost() async throws {
        let worker = try Worker("ch-test-order")
        for number in 0..<1_000 { await worker.add(number) }
        #expect(await worker.seen == Array(0..<1_000))
        await withTaskGroup(of: Void.self) { group in
            for number in 1_000..<2_000 { group.addTask { await worker.add(number) } }
        }
        #expect(await worker.seen.sorted() == Array(0..<2_000))
    }

    @Test(.timeLimit(.minutes(1))) func theThreadEndsWithItsActor() async throws {
        let name = "ch-gone-\(UInt16.random(in: 0...9999))"
        do {
            let worker = try Worker(name)
            await worker.add(1)
            #expect(threads().contains(name))
        }
        while threads().contains(name) { try await Task.sleep(for: .milliseconds(5)) }
    }

    private func threads() -> [String] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.compactMap { try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8) }
            .map { $0.trimmingCharacters(in: .newlines) }
    }
}
