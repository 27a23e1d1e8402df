import LookoutModel

extension HTTPClient: MailTransport {
    /// Hands a mail to a server.
    ///
    /// libcurl connects, does TLS and proves who we are; the mail itself goes over the open connection,
    /// since libcurl's own way of sending one blocks its thread, and with it every other transfer, for
    /// as long as the server thinks about the last line.
    package func send(_ mail: MailSubmission) async throws(MailError) -> MailReceipt {
        do {
            try mail.checkText()
        } catch {
            throw .transfer(error, at: nil)
        }
        let began = MonotonicTime.now
        let opened = try await open(mail)
        let stream = CurlStream(opened.connection, inbox)
        var conversation = MailConversation(
            stream: stream,
            dialogue: MailDialogue(mail, capabilities: opened.capabilities),
            deadline: began + mail.timeout
        )
        let reply = try await conversation.run()
        var timings = stream.timings
        timings.total = MonotonicTime.now - began
        return MailReceipt(
            reply: reply,
            accepted: conversation.dialogue.accepted,
            refused: conversation.dialogue.refused,
            isEncrypted: opened.isEncrypted,
            timings: timings
        )
    }

    private func open(_ mail: MailSubmission) async throws(MailError) -> OpenedMail {
        let opening: MailOpening
        do {
            opening = try await inbox.ask { .openMail($0, mail, $1) }
        } catch {
            throw .transfer(error, at: nil)
        }
        switch opening {
        case .opened(let opened): return opened
        case .refused(let refusal): throw .refused(refusal)
        case .notOffered(let step, let reason): throw .notOffered(step, reason)
        }
    }
}

/// A dialogue over an open connection, up to the server's word on the mail.
private struct MailConversation {
    let stream: CurlStream
    private(set) var dialogue: MailDialogue
    let deadline: MonotonicTime
    private var reader = MailReplyReader()

    init(stream: CurlStream, dialogue: MailDialogue, deadline: MonotonicTime) {
        self.stream = stream
        self.dialogue = dialogue
        self.deadline = deadline
    }

    mutating func run() async throws(MailError) -> MailReply {
        do {
            try await stream.send(dialogue.opening, timeout: timeLeft)
            while true {
                switch dialogue.take(try await nextReply()) {
                case .send(let bytes): try await stream.send(bytes, timeout: timeLeft)
                case .accepted(let reply):
                    await takeLeave()
                    return reply
                case .refused(let refusal):
                    await takeLeave()
                    throw MailError.refused(refusal)
                }
            }
        } catch let error as TransferError {
            throw .transfer(error, at: dialogue.step)
        } catch let error as MailError {
            throw error
        } catch {
            throw .transfer(TransferError(.local, "\(error)"), at: dialogue.step)
        }
    }

    /// Says goodbye without waiting for an answer: what matters is known.
    private func takeLeave() async {
        try? await stream.send(Array("QUIT\r\n".utf8), timeout: min(timeLeft, .seconds(1)))
        await stream.close()
    }

    private mutating func nextReply() async throws(TransferError) -> MailReply {
        while true {
            do {
                if let reply = try reader.next() { return reply }
                let bytes = try await receive()
                try reader.append(bytes)
            } catch let error as TransferError {
                throw error
            } catch {
                throw TransferError(.target(.protocolViolation), "the answer is not valid SMTP: \(error)")
            }
        }
    }

    private func receive() async throws(TransferError) -> [UInt8] {
        let bytes = try await stream.receive(timeout: timeLeft)
        guard !bytes.isEmpty else {
            throw TransferError(.target(.closed), "the mail server closed the connection in the middle")
        }
        return bytes
    }

    private var timeLeft: Duration { max(deadline - .now, .zero) }
}
