extension Macro {
    static let all = predicate("all", .all)
    static let exists = predicate("exists", .exists)
    static let existsOne = predicate("exists_one", .existsOne)
    static let existsOneAlias = predicate("existsOne", .existsOne)

    static let filter = Macro(name: "filter", arity: 2...2, target: .anything) {
        (call, parser) throws(Diagnostic) in
        let name = try variable(call.arguments[0], else: "argument is not an identifier")
        return try comprehension(.filter, call, &parser, first: name, body: call.arguments[1])
    }

    static let map = Macro(name: "map", arity: 2...3, target: .anything) {
        (call, parser) throws(Diagnostic) in
        let name = try variable(call.arguments[0], else: "argument is not an identifier")
        let last = call.arguments.count - 1
        return try comprehension(
            .transformList,
            call,
            &parser,
            first: name,
            condition: last == 2 ? call.arguments[1] : nil,
            body: call.arguments[last]
        )
    }

    static let sortBy = Macro(name: "sortBy", arity: 2...2, target: .anything) {
        (call, parser) throws(Diagnostic) in
        let name = try variable(call.arguments[0], else: "sortBy() variable must be a simple identifier")
        return try comprehension(.sortBy, call, &parser, first: name, body: call.arguments[1])
    }

    static let transformList = transform("transformList", .transformList)
    static let transformMap = transform("transformMap", .transformMap)
    static let transformMapEntry = transform("transformMapEntry", .transformMapEntry)

    /// A macro that asks a predicate of each element, with one variable or two.
    private static func predicate(_ name: String, _ form: Comprehension.Form) -> Macro {
        Macro(name: name, arity: 2...3, target: .anything) {
            (call, parser) throws(Diagnostic) in
            let first = try variable(call.arguments[0])
            let second = call.arguments.count == 3 ? try variable(call.arguments[1]) : nil
            try requireDistinct(first, second, call)
            return try comprehension(
                form,
                call,
                &parser,
                first: first,
                second: second,
                body: call.arguments[call.arguments.count - 1]
            )
        }
    }

    /// A macro of two variables that builds a list or a map, with an optional condition before the body.
    private static func transform(_ name: String, _ form: Comprehension.Form) -> Macro {
        Macro(name: name, arity: 3...4, target: .anything) { (call, parser) throws(Diagnostic) in
            let first = try variable(call.arguments[0])
            let second = try variable(call.arguments[1])
            try requireDistinct(first, second, call)
            let last = call.arguments.count - 1
            return try comprehension(
                form,
                call,
                &parser,
                first: first,
                second: second,
                condition: last == 3 ? call.arguments[2] : nil,
                body: call.arguments[last]
            )
        }
    }

    private static func requireDistinct(
        _ first: String,
        _ second: String?,
        _ call: MacroCall
    ) throws(Diagnostic) {
        guard let second, first == second else { return }
        throw Diagnostic(
            offset: call.arguments[1].offset,
            message: "duplicate variable name: \(second)"
        )
    }

    private static func comprehension(
        _ form: Comprehension.Form,
        _ call: MacroCall,
        _ parser: inout Parser,
        first: String,
        second: String? = nil,
        condition: Expression? = nil,
        body: Expression
    ) throws(Diagnostic) -> Expression? {
        guard let range = call.target else { return nil }
        let comprehension = Comprehension(
            form: form,
            range: range,
            first: first,
            second: second,
            condition: condition,
            body: body
        )
        let children = [range, body] + (condition.map { [$0] } ?? [])
        return try parser.node(.comprehension(comprehension), at: call.offset, children)
    }
}
