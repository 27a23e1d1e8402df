import LookoutModel

/// One attempt to tell a receiver, which ends in time whatever the receiver does.
struct DispatchAttempt {
    /// How it ended.
    enum Outcome {
        case verdict(SendVerdict)
        /// Cut off: nobody knows what became of it.
        case timedOut
        /// Cut off by the stop.
        case interrupted
    }

    /// How much longer than it promised a receiver may take before it is cut off.
    private static let overtime = Duration.seconds(1)

    let dispatcher: Dispatcher
    let receiver: ConfiguredReceiver
    let delivery: Delivery

    /// Sends, but for no longer than the receiver promised, and not past the stop's grace.
    func outcome() async -> Outcome {
        let tools = dispatcher.tools
        return await withTaskGroup(of: Outcome.self) { [dispatcher, receiver, delivery] group in
            group.addTask { .verdict(await receiver.send(delivery, tools)) }
            group.addTask {
                try? await tools.timekeeper.sleep(for: tools.timeout + Self.overtime)
                return .timedOut
            }
            group.addTask {
                await dispatcher.waitForStop()
                try? await tools.timekeeper.sleep(for: dispatcher.options.grace)
                return .interrupted
            }
            let first = await group.next() ?? .interrupted
            group.cancelAll()
            // What got through at the last moment counts, or it would be told twice.
            for await late in group {
                if case .verdict(.accepted) = late { return late }
            }
            return first
        }
    }
}
