/// Why a line or a part of it is not of the exchange's form.
package struct ExchangeError: Error, Hashable, CustomStringConvertible {
    /// What is wrong and what is expected, with the name of the part.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
