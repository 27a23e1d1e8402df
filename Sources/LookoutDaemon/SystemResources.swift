import LookoutHTTP
import LookoutProbing

/// The two threads that everything else stands on: the clock's and libcurl's.
struct SystemResources: Sendable {
    let timer: TimerThread
    let timekeeper: SystemTimekeeper
    let transport: HTTPClient

    /// Throws if a thread cannot be started or libcurl is not as needed.
    init() throws(AgentError) {
        do {
            timer = try TimerThread()
        } catch {
            throw AgentError(.system, "the timer thread cannot be started: \(error)")
        }
        timekeeper = SystemTimekeeper(thread: timer)
        do {
            transport = try HTTPClient()
        } catch {
            timer.stop()
            throw AgentError(.system, "\(error)")
        }
    }

    /// Lends the resources to an operation and ends both threads after it.
    static func use<Value>(
        _ operation: (SystemResources) async throws(AgentError) -> Value
    ) async throws(AgentError) -> Value {
        let system = try SystemResources()
        do throws(AgentError) {
            let value = try await operation(system)
            await system.close()
            return value
        } catch {
            await system.close()
            throw error
        }
    }

    /// Ends both threads; what is still under way ends as cancelled.
    func close() async {
        await transport.shutdown()
        timer.stop()
    }
}
