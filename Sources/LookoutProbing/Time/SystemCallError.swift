import Glibc

/// A call of the operating system that failed.
package struct SystemCallError: Error, Hashable, CustomStringConvertible {
    package let call: String
    /// The value of `errno`.
    package let code: Int32

    package init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    package var description: String {
        "\(call) failed: \(String(cString: strerror(code))) (errno \(code))"
    }
}
