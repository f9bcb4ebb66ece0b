extension ServerConnection {
    /// Takes requests out of what has come, one at a time.
    func process() {
        while !isDoomed {
            switch phase {
            case .head:
                guard receiveHead() else { return }
            case .body(let head, let offer):
                guard receiveBody(head, offer) else { return }
            case .handling, .streaming, .flushing, .webSocket, .lingering: return
            }
        }
    }

    /// Answers by itself and closes the connection.
    func refuse(_ refusal: Refusal) {
        keepsConnection = false
        send(refusal.response, isHead: false)
    }

    /// False when more bytes are needed.
    private func receiveHead() -> Bool {
        while input.starts(with: [0x0D, 0x0A]) { input.removeFirst(2) }
        guard let end = endOfHead() else {
            if input.count > policy.maximumHead { refuse(tooLong) }
            return false
        }
        guard end <= policy.maximumHead else {
            refuse(tooLong)
            return false
        }
        requestNumber += 1
        do throws(Refusal) {
            let head = try RequestHead(input[..<end])
            input.removeFirst(end + 4)
            searched = 0
            keepsConnection = head.keepsConnection
            let offer = try policy.admit(head, local: local, peer: peer, isSecure: tls != nil)
            try acknowledge(head)
            body = []
            phase = .body(head, offer)
            setDeadline(policy.bodyTimeout)
            return true
        } catch {
            refuse(error)
            return false
        }
    }

    private var tooLong: Refusal {
        input.prefix(policy.maximumHead).contains(0x0A)
            ? Refusal(.headerFieldsTooLarge, "The header fields are longer than \(policy.maximumHead) bytes.")
            : Refusal(.uriTooLong, "The request line is longer than \(policy.maximumHead) bytes.")
    }

    private func endOfHead() -> Int? {
        var place = max(0, searched - 3)
        while place + 3 < input.count {
            if input[place + 3] > 0x0D {
                place += 4
            } else if input[place] == 0x0D, input[place + 1] == 0x0A, input[place + 2] == 0x0D, input[place + 3] == 0x0A
            {
                return place
            } else {
                place += 1
            }
        }
        searched = input.count
        return nil
    }

    /// RFC 9110, 10.1.1: a client may wait for this before it sends the body.
    private func acknowledge(_ head: RequestHead) throws(Refusal) {
        guard let expectation = head.headers["Expect"] else { return }
        guard Text.lower(expectation) == "100-continue" else {
            throw Refusal(.expectationFailed, "Only 100-continue can be expected here.")
        }
        guard head.minorVersion == 1, input.count < head.contentLength else { return }
        output.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        wantsToWrite()
    }

    /// False when more bytes are needed.
    private func receiveBody(_ head: RequestHead, _ offer: WebSocketOffer?) -> Bool {
        let count = min(head.contentLength - body.count, input.count)
        body.append(contentsOf: input[..<count])
        input.removeFirst(count)
        guard body.count == head.contentLength else { return false }
        let request = HTTPRequest(
            method: head.method, path: head.target.path, query: head.target.query, headers: head.headers, body: body,
            peer: peer, local: local, webSocket: offer, tls: tls?.peer)
        body = []
        phase = .handling(request)
        setDeadline(nil)
        handle(request)
        return false
    }
}
