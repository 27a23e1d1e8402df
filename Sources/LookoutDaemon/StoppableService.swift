import ServiceLifecycle

/// A part of the agent under the service group: runs until it is asked to stop, then ends by itself.
struct StoppableService: Service, CustomStringConvertible {
    let description: String
    private let operation: @Sendable () async throws -> Void
    private let stop: @Sendable () -> Void

    init(
        _ name: String,
        run operation: @escaping @Sendable () async throws -> Void,
        stop: @escaping @Sendable () -> Void
    ) {
        description = name
        self.operation = operation
        self.stop = stop
    }

    func run() async throws {
        try await withGracefulShutdownHandler(operation: operation, onGracefulShutdown: stop)
    }
}

/// A part that has nothing to finish: it is cancelled when the group stops.
struct CancellableService: Service, CustomStringConvertible {
    let description: String
    private let operation: @Sendable () async throws -> Void

    init(_ name: String, run operation: @escaping @Sendable () async throws -> Void) {
        description = name
        self.operation = operation
    }

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown(operation)
        } catch is CancellationError {}
    }
}
