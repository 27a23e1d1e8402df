import Glibc

/// A POSIX thread that runs one closure and can be waited for.
struct LoopbackThread: Sendable {
    private let handle: pthread_t

    init(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(body))
        var handle = pthread_t()
        let code = pthread_create(&handle, nil, { Self.run($0) }, box.toOpaque())
        precondition(code == 0, "cannot start a thread for a test server (error \(code))")
        self.handle = handle
    }

    func join() {
        pthread_join(handle, nil)
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument {
            Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
        }
        return nil
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
