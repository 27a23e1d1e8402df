import CELExchange
import Glibc

/// The lines of a file or of standard input, each as soon as it is complete.
struct InputLines: ~Copyable {
    /// The input cannot be opened or read.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ name: String, _ code: Int32) {
            description = "\(name) cannot be read: \(String(cString: strerror(code)))"
        }
    }

    private static let chunkSize = 64 << 10

    private let descriptor: Int32
    private let name: String
    private var splitter = LineSplitter(limit: ExchangeSession.lineLimit)
    /// Complete lines in reverse.
    private var waiting: [LineSplitter.Line] = []
    private var hasEnded = false

    /// Opens a file, or takes standard input.
    init(file: String?) throws(Failure) {
        name = file ?? "standard input"
        guard let file else {
            descriptor = STDIN_FILENO
            return
        }
        descriptor = open(file, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw Failure(name, errno) }
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The next line; nil at the end.
    mutating func next() throws(Failure) -> LineSplitter.Line? {
        while waiting.isEmpty, !hasEnded {
            let chunk = try read()
            if chunk.isEmpty {
                hasEnded = true
                if let last = splitter.finish() { waiting = [last] }
            } else {
                waiting = splitter.append(chunk[...]).reversed()
            }
        }
        return waiting.popLast()
    }

    private func read() throws(Failure) -> [UInt8] {
        while true {
            var code: Int32 = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { buffer, count in
                let result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                code = result < 0 ? errno : 0
                count = max(0, result)
            }
            if code == 0 { return chunk }
            if code != EINTR { throw Failure(name, code) }
        }
    }
}
