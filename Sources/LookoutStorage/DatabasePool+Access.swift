import GRDB
import LookoutModel

extension DatabasePool {
    /// Makes one write transaction, to its end even if the calling task is cancelled meanwhile.
    ///
    /// GRDB's own `async` writes roll back on cancellation. What is written here are facts (a sample
    /// was taken, a message was sent) that stay true while Lookout stops, so they are written.
    func finishWrite<Value: Sendable>(
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                asyncWrite(updates) { db, result in
                    db.learnPatience(from: result)
                    continuation.resume(with: result)
                }
            }
        } catch {
            throw StorageError(error, while: .write, path: path)
        }
    }

    /// Reads from one snapshot of the database; ends early with `CancellationError`.
    func snapshotRead<Value: Sendable>(
        _ value: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await read(value)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StorageError(error, while: .read, path: path)
        }
    }
}
