import Glibc

/// `free-ports --count N`: ports of the loopback interface that nobody listens on, one a line.
///
/// nginx cannot tell which port it was given, so it must be told one.
enum FreePorts {
    static func list(_ options: Options) throws -> Bool {
        let sockets = (0..<(try options.number("count"))).map { _ in boundSocket() }
        defer { for socket in sockets { close(socket.descriptor) } }
        guard sockets.allSatisfy({ $0.port != 0 }) else {
            throw BenchmarkError("no free port: \(String(cString: strerror(errno)))")
        }
        for socket in sockets { print(socket.port) }
        return true
    }

    private static func boundSocket() -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            guard let raw = bytes.baseAddress else { return false }
            let pointer = raw.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
        }
        return (descriptor, isBound ? UInt16(bigEndian: address.sin_port) : 0)
    }
}
