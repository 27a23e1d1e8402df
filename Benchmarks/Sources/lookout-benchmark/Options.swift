/// The `--name value` pairs of a command line.
struct Options {
    struct UsageError: Error {
        let message: String
    }

    private var values: [String: String] = [:]

    init(_ arguments: some Sequence<String>) throws {
        var name: String?
        for argument in arguments {
            if let waiting = name {
                values[waiting] = argument
                name = nil
            } else if argument.hasPrefix("--") {
                name = String(argument.dropFirst(2))
            } else {
                throw UsageError(message: "\(argument) is not an option")
            }
        }
        if let name { throw UsageError(message: "--\(name) needs a value") }
    }

    func text(_ name: String) throws -> String {
        guard let value = values[name] else { throw UsageError(message: "--\(name) is missing") }
        return value
    }

    /// A positive number.
    func number(_ name: String, default standard: Int? = nil) throws -> Int {
        guard let value = values[name] else {
            guard let standard else { throw UsageError(message: "--\(name) is missing") }
            return standard
        }
        guard let number = Int(value), number > 0 else {
            throw UsageError(message: "--\(name) must be a positive number, not \(value)")
        }
        return number
    }
}
