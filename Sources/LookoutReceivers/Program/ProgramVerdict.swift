import Glibc
import LookoutAlerting
import LookoutModel
import LookoutProcesses

/// What the end of a program says about what it was told: the words of sysexits.h.
struct ProgramVerdict {
    /// Those of sysexits.h that mean something here.
    private enum Status {
        static let usage: Int32 = 64
        static let data: Int32 = 65
        static let permission: Int32 = 77
        static let configuration: Int32 = 78
    }

    /// So much of what a program said last is repeated.
    private static let maximumWordsBytes = 300

    let program: String
    let timeout: Duration
    let mask: SecretMask

    func verdict(on result: ProgramResult) -> SendVerdict {
        switch result.ending {
        case .exited(0):
            .delivered
        case .exited(let status):
            verdict(on: status, "\(program) ended with status \(status)\(words(result.output))")
        case .signalled(let signal):
            .retry(after: nil, reason: "\(program) was ended by signal \(signal)\(words(result.output))")
        case .timedOut:
            .retry(
                after: nil,
                reason:
                    "\(program) was killed: it took longer than \(Self.text(timeout))\(words(result.output))"
            )
        case .cancelled:
            .retry(after: nil, reason: "\(program) was killed: Lookout is stopping")
        case .saidTooMuch:
            .broken(reason: "\(program) was killed: it said too much")
        case .unstartable(let code):
            unstartable(code)
        }
    }

    private func verdict(on status: Int32, _ reason: String) -> SendVerdict {
        switch status {
        case Status.usage, Status.permission, Status.configuration:
            .broken(reason: "\(reason); check its arguments and settings")
        case Status.data: .rejected(reason: reason)
        default: .retry(after: nil, reason: reason)
        }
    }

    /// What this machine has too little of may pass; anything else a person has to mend.
    private func unstartable(_ code: Int32) -> SendVerdict {
        let words = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        let reason = "\(program) cannot be started: \(words)"
        return switch code {
        case EAGAIN, ENOMEM, EMFILE, ENFILE, EINTR, ENOSPC, ETXTBSY, EIO: .retry(after: nil, reason: reason)
        default: .broken(reason: "\(reason); check its path, its rights and the directory")
        }
    }

    /// The last line that it wrote.
    private func words(_ output: [UInt8]) -> String {
        let text = mask.masked(String(decoding: output, as: UTF8.self))
        let line = PlainText.lines(text).last { line in !line.allSatisfy(\.isWhitespace) }
        return line.map { ": \(AlertWords.clean($0, Self.maximumWordsBytes))" } ?? ""
    }

    private static func text(_ duration: Duration) -> String {
        let tenths =
            duration.components.seconds * 10 + duration.components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
