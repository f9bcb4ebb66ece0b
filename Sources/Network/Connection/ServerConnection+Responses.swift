extension ServerConnection {
    /// Up to this size a body is put behind its head and sent with it.
    private static let joinedBody = 16 << 10

    /// The handler has answered.
    func respond(to number: UInt64, _ response: HTTPResponse) {
        guard case .handling(let request) = phase, number == requestNumber, !isDoomed else { return }
        task = nil
        switch response.body {
        case .upgrade(let upgrade): open(upgrade, response, request)
        case .bytes, .stream: send(response, isHead: request.method == .head)
        }
    }

    /// Sends a response; one that must not be sent becomes 500.
    func send(_ response: HTTPResponse, isHead: Bool) {
        let status = 200...599 ~= response.status.code ? response.status : .internalServerError
        let hasBody = !isHead && status != .noContent && status != .notModified
        var framing: HTTPHeaders = ["Connection": keepsConnection ? "keep-alive" : "close"]
        if status != .noContent, status != .notModified { framing["Content-Length"] = String(response.length) }
        guard let head = encode(status, response.headers, framing) else { return sendFault() }
        switch response.body {
        case .stream(let length, let write) where hasBody:
            output.append(head)
            stream(length, write)
        case .bytes(let bytes) where hasBody && bytes.count <= ServerConnection.joinedBody:
            output.append(head + bytes)
            phase = .flushing
        case .bytes(let bytes) where hasBody:
            output.append(head)
            output.append(bytes)
            phase = .flushing
        case .bytes, .stream, .upgrade:
            output.append(head)
            phase = .flushing
        }
        setDeadline(nil)
        wantsToWrite()
    }

    /// The handler has written the body, or has given up.
    func streamEnded(_ number: UInt64, _ failure: String?) {
        guard case .streaming(let counter) = phase, number == requestNumber, !isDoomed else { return }
        task = nil
        guard failure == nil, counter.isComplete else {
            // The length has been announced, so that only the end of the connection can say that the rest is missing.
            core.warn("a response to \(peer) ended early: \(failure ?? "its body is shorter than announced")")
            return abort()
        }
        phase = .flushing
        wantsToWrite()
    }

    /// The head of a response; nil, with a warning in the log, when it must not be sent.
    func encode(_ status: HTTPStatus, _ headers: HTTPHeaders, _ framing: HTTPHeaders) -> [UInt8]? {
        switch ResponseHead.encode(status, headers, defaults: policy.headers, framing: framing, date: core.date) {
        case .success(let head): return head
        case .failure(let fault):
            core.warn("a response to \(peer) was replaced by 500: \(fault)")
            return nil
        }
    }

    func sendFault() {
        refuse(Refusal(.internalServerError, "The server made a response that cannot be sent; its log says why."))
    }

    private func stream(_ length: Int, _ write: @escaping @Sendable (HTTPBodyWriter) async throws -> Void) {
        let counter = BodyCounter(length: length)
        phase = .streaming(counter)
        let (id, number, mailbox) = (id, requestNumber, core.mailbox)
        let writer = HTTPBodyWriter(output: output, wake: { _ = mailbox.post(.flush(id)) }, counter: counter)
        task = Task {
            var failure: String?
            do { try await write(writer) } catch { failure = String(describing: error) }
            _ = mailbox.post(.streamEnded(connection: id, request: number, failure: failure))
        }
    }
}

extension HTTPResponse {
    /// The length of the body that GET would get.
    fileprivate var length: Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .stream(let length, _): max(0, length)
        case .upgrade: 0
        }
    }
}
