import CLinux
import Glibc

/// A pipe that takes what a program says; reading it never blocks.
final class OutputPipe {
    let writingEnd: Int32
    private let readingEnd: Int32
    private var isWritable = true

    init() throws(SystemFault) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { throw SystemFault(errno) }
        // The program's writes shall block: a flag of the other end does not change that.
        _ = fcntl(ends[1], F_SETFL, 0)
        readingEnd = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        closeWritingEnd()
        close(readingEnd)
    }

    /// Lets go of our copy, once the program has its own.
    func closeWritingEnd() {
        guard isWritable else { return }
        isWritable = false
        close(writingEnd)
    }

    /// What was written since the last call, as far as it is there.
    func read() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        // A program that never stops talking must not keep us here: a pipe holds no more than this.
        for _ in 0..<8 {
            let count = Glibc.read(readingEnd, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
