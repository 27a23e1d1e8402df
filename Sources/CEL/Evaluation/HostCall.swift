/// A call of a host function in a program, known before it is ever evaluated.
///
/// Tells the host what it must keep, such as the longest window that rules ask history for.
package struct HostCall: Sendable {
    package let function: String
    /// The arguments that are constant, the target of a method first; nil for the others.
    package let arguments: [Value?]
    package let position: TextPosition
}
