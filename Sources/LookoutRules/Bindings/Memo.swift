import CEL
import Synchronization

/// A value that is made at the first asking, or found to be absent then.
struct Memo: ~Copyable, Sendable {
    private let content = Mutex<Value??>(nil)

    /// What was made, which may be nothing; nil if nobody has asked yet.
    var made: Value?? { content.withLock { $0 } }

    func keep(_ value: Value?) -> Value? {
        content.withLock { $0 = .some(value) }
        return value
    }
}
