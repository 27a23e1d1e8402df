internal import CEL
package import LookoutAlerting

extension TextPattern {
    /// Why a text is no regular expression.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// Compiles a regular expression of RE2's syntax, which a whole text must match.
    ///
    /// - Throws: `Fault`, which says what is wrong with it.
    package init(compiling source: String) throws {
        do throws(RegularExpression.Failure) {
            // On its own first, since parts of a wrong one may be right within the brackets.
            _ = try RegularExpression(source)
            let expression = try RegularExpression("^(?s:\(source))$")
            self.init(source) { expression.isFound(in: $0) }
        } catch {
            throw Fault(description: error.message)
        }
    }
}
