import DriverAPI

extension DriverProcess {
    /// Asks the driver and waits for the answer; taken back when the task is cancelled.
    func ask(_ method: String, _ params: JSON, limit: Duration) async throws(DriverError) -> JSON {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                post(method, params, limit: limit, id: id) { continuation.resume(returning: $0) }
                if Task.isCancelled { takeBack(id) }
            }
        } onCancel: {
            takeBack(id)
        }
        switch answer {
        case .success(let json): return json
        case .failure(let failure): throw failure.driverError
        }
    }

    /// Leaves a question for the thread; `complete` is called once, on any thread.
    func post(
        _ method: String, _ params: JSON, limit: Duration, id: Int? = nil, needsOpen: Bool = true,
        complete: @escaping @Sendable (Result<JSON, RPCFailure>) -> Void
    ) {
        let refusal: String? = state.withLock { state in
            if let obstacle = state.obstacle, needsOpen || !state.isAlive { return obstacle }
            if state.questions.count >= Self.mostQuestions {
                return "\(state.questions.count) questions wait for answers"
            }
            let id = id ?? state.lastID + 1
            state.lastID = max(state.lastID, id)
            let line = RPCMessage.request(id: .number(Exact(id)), method: method, params: params).line
            if state.outgoing.count + line.count > Self.mostOutgoing { return "it does not read what it is told" }
            state.outgoing += line
            state.questions[id] = ProgramState.Question(
                method: method, deadline: now.advanced(by: limit), limit: limit, complete: complete)
            return nil
        }
        if let refusal {
            complete(
                .failure(RPCFailure(DriverError.unreachable("the driver \(manifest.name) cannot be asked: \(refusal)")))
            )
        } else {
            wake()
        }
    }

    /// Writes a message that needs no answer; dropped where the driver does not read or an earlier life is meant.
    func tell(_ message: RPCMessage, life: Int? = nil) {
        let line = message.line
        state.withLock { state in
            guard state.isAlive, life == nil || life == state.life,
                state.outgoing.count + line.count <= Self.mostOutgoing
            else { return }
            state.outgoing += line
        }
        wake()
    }

    private func takeBack(_ id: Int) {
        guard let question = state.withLock({ $0.questions.removeValue(forKey: id) }) else { return }
        tell(.notification(method: "cancel", params: ["id": .number(Exact(id))]))
        question.complete(.failure(.cancelled))
    }

    /// Ends the questions whose time is over.
    func endLateQuestions() {
        let now = now
        let late = state.withLock { state in
            let late = state.questions.filter { $0.value.deadline <= now }
            for id in late.keys { state.questions[id] = nil }
            return late
        }
        for (id, question) in late {
            tell(.notification(method: "cancel", params: ["id": .number(Exact(id))]))
            let seconds = Exact(Int128(question.limit.wholeNanoseconds / 1_000_000), over: 1000) ?? 0
            let text = "the driver \(manifest.name) left \(question.method) unanswered for \(seconds) s"
            question.complete(.failure(RPCFailure(DriverError.unreachable(text))))
        }
    }
}
