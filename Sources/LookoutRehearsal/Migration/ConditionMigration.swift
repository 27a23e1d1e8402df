/// Turns conditions about HTTP answers into CEL.
struct ConditionMigration {
    let condition: GatusCondition

    var result: MigratedCondition {
        let (left, relation, right) = (condition.left, condition.relation, condition.right)
        switch left {
        case .status:
            guard condition.isMet(byStatus: 200) != nil else { return unknown }
            let passesDead = condition.isMet(byStatus: 0) == true && condition.isMet(byStatus: 200) == true
            return .ofProbe(
                notes: passesDead ? ["an endpoint that does not answer at all meets this in Gatus"] : []
            )
        case .connected:
            guard let isWell = condition.isMet(byConnection: true) else { return unknown }
            return isWell == condition.isMet(byConnection: false)
                ? .unsupported("it is the same whether the endpoint answers or not") : .ofProbe(notes: [])
        case .responseTime: return responseTime(relation, right)
        case .certificateExpiration: return certificate(relation, right)
        case .address: return text("sample.http.remote_address", relation, right, notes: [])
        case .header(let name):
            let value = MeasuredValue.header(name)
            return measured(value, relation, right, notes: ["of a repeated header Gatus sees the first only"])
        case .body(let path): return body(path, relation, right)
        case .length(let inner): return length(inner, relation, right)
        case .presence(let inner): return presence(inner, relation, right)
        case .unsupported(let text): return .unsupported("\(text) has no equivalent yet")
        case .literal, .pattern, .any: return .unsupported("nothing of the answer is looked at")
        }
    }

    private var unknown: MigratedCondition { .unsupported("the right side is not a value") }

    // MARK: Times

    private func responseTime(
        _ relation: GatusComparison.Relation,
        _ right: GatusOperand
    ) -> MigratedCondition {
        guard case .literal(let text) = right else { return unknown }
        var notes = ["Gatus stops the clock when the headers are there, Lookout when the body is"]
        if !GatusComparison.isNumber(text) { notes.append("Gatus takes \"\(text)\" for 0") }
        let limit = "duration(\"\(GatusComparison.number(text))ms\")"
        return .expression("sample.duration \(relation.symbol) \(limit)", notes: notes)
    }

    private func certificate(
        _ relation: GatusComparison.Relation,
        _ right: GatusOperand
    ) -> MigratedCondition {
        guard case .literal(let text) = right else { return unknown }
        let limit = "duration(\"\(GatusComparison.number(text))ms\")"
        return .expression(
            "has(sample.certificate) && has(sample.certificate.expires_in) "
                + "&& sample.certificate.expires_in \(relation.symbol) \(limit)",
            notes: ["Gatus looks at the server's certificate, Lookout at the first of the chain to expire"]
        )
    }

    // MARK: Texts and JSON

    private func body(
        _ path: [GatusOperand.Step],
        _ relation: GatusComparison.Relation,
        _ right: GatusOperand
    ) -> MigratedCondition {
        guard !path.isEmpty else {
            return text("sample.?body.orValue(\"\").trim()", relation, right, notes: [])
        }
        return each(path) { measured($0, relation, right, notes: []) }
    }

    /// The condition about the value at a path, for every element where the path says so.
    private func each(
        _ path: [GatusOperand.Step],
        from root: MeasuredValue = .json,
        depth: Int = 0,
        _ condition: (MeasuredValue) -> MigratedCondition
    ) -> MigratedCondition {
        guard let place = path.firstIndex(of: .every) else { return condition(root.reached(by: path)) }
        let list = root.reached(by: Array(path[..<place]))
        let element = depth == 0 ? "element" : "element\(depth)"
        let inner = each(
            Array(path[(place + 1)...]),
            from: .variable(element),
            depth: depth + 1,
            condition
        )
        guard case .expression(let expression, let notes) = inner else { return inner }
        return .expression(
            "type(\(list.value)) == list && size(\(list.value)) > 0 "
                + "&& \(list.value).all(\(element), \(expression))",
            notes: notes
        )
    }

    /// A condition about a value that may be missing.
    private func measured(
        _ value: MeasuredValue,
        _ relation: GatusComparison.Relation,
        _ right: GatusOperand,
        notes: [String]
    ) -> MigratedCondition {
        var notes = notes
        switch right {
        case .literal(let literal) where relation == .equal || relation == .unequal:
            if let number = Double(literal), abs(number) >= 1_000_000 {
                notes.append("Gatus writes JSON numbers of seven digits as 1e+06 and finds them different")
            }
            let equality = value.equality(to: literal)
            if relation == .equal { return .expression(equality, notes: notes) }
            notes.append("a missing value is different enough for Gatus; here it is a failure")
            return .expression("\(value.presence) && !(\(equality))", notes: notes)
        case .literal(let literal):
            notes.append("Gatus takes what is missing or no number for 0, and cuts fractions")
            return .expression(
                "type(\(value.value)) in [int, double] "
                    + "&& double(\(value.value)) \(relation.symbol) \(GatusComparison.number(literal)).0",
                notes: notes
            )
        case .pattern, .any:
            let scalar = "type(\(value.value)) in [string, int, double, bool]"
            guard
                case .expression(let match, let more) = text(
                    "string(\(value.value))",
                    relation,
                    right,
                    notes: notes
                )
            else { return unknown }
            return .expression("\(scalar) && \(match)", notes: more)
        case .body(let path) where relation == .equal || relation == .unequal:
            guard !path.contains(.every), !path.isEmpty else { return unknown }
            let other = MeasuredValue.json.reached(by: path)
            return .expression(
                "\(value.presence) && \(other.presence) && \(value.value) \(relation.symbol) \(other.value)",
                notes: notes + ["Gatus compares the texts of the two values"]
            )
        default: return unknown
        }
    }

    /// A condition about a text that is always there.
    private func text(
        _ subject: String,
        _ relation: GatusComparison.Relation,
        _ right: GatusOperand,
        notes: [String]
    ) -> MigratedCondition {
        let negation = relation == .unequal ? "!" : ""
        switch (relation, right) {
        case (.equal, .literal(let value)), (.unequal, .literal(let value)):
            return .expression("\(subject) \(relation.symbol) \(GatusText(value).expression)", notes: notes)
        case (.equal, .any(let values)), (.unequal, .any(let values)):
            let list = values.map { GatusText($0).expression }.joined(separator: ", ")
            let test = "\(subject) in [\(list)]"
            return .expression(negation.isEmpty ? test : "!(\(test))", notes: notes)
        case (.equal, .pattern(let text)), (.unequal, .pattern(let text)):
            guard GatusText(text).plain != nil else { return .unsupported("a variable in a pattern") }
            let pattern = GatusPattern(text: text)
            let note = pattern.minds ? ["Gatus leaves slashes out when it compares with a pattern"] : []
            let test = pattern.expression(of: subject)
            return .expression(negation.isEmpty ? test : "!(\(test))", notes: notes + note)
        case (_, .literal(let value)):
            let number = "\(GatusComparison.number(value)).0"
            return .expression(
                "\(subject).matches(\"^-?[0-9]+([.][0-9]+)?$\") "
                    + "&& double(\(subject)) \(relation.symbol) \(number)",
                notes: notes + ["Gatus takes what is no number for 0, and cuts fractions"]
            )
        default: return unknown
        }
    }

    // MARK: Functions

    private func length(
        _ inner: GatusOperand,
        _ relation: GatusComparison.Relation,
        _ right: GatusOperand
    ) -> MigratedCondition {
        guard case .literal(let text) = right else { return unknown }
        let number = GatusComparison.number(text)
        func compare(_ value: MeasuredValue) -> MigratedCondition {
            let notes =
                relation == .equal
                ? [] : ["Gatus takes the length of what is missing for 0, or for different"]
            return .expression(
                "type(\(value.value)) in [list, map, string] && size(\(value.value)) \(relation.symbol) \(number)",
                notes: notes
            )
        }
        switch inner {
        case .body([]):
            let size = "(has(sample.json) && type(sample.json) in [list, map, string] ? size(sample.json) "
            return .expression(
                size + ": size(sample.?body.orValue(\"\").trim())) \(relation.symbol) \(number)",
                notes: []
            )
        case .body(let path): return each(path, compare)
        case .header(let name): return compare(.header(name))
        default: return .unsupported("the length of \(condition.text)")
        }
    }

    private func presence(
        _ inner: GatusOperand,
        _ relation: GatusComparison.Relation,
        _ right: GatusOperand
    ) -> MigratedCondition {
        guard case .literal(let text) = right, text == "true" || text == "false",
            relation == .equal || relation == .unequal
        else { return unknown }
        let isWanted = (text == "true") == (relation == .equal)
        func test(_ presence: String) -> MigratedCondition {
            .expression(isWanted ? presence : "!\(presence)", notes: [])
        }
        switch inner {
        case .body([]): return test("(sample.?body.orValue(\"\").trim() != \"\")")
        case .body(let path): return each(path) { test($0.presence) }
        case .header(let name): return test(MeasuredValue.header(name).presence)
        default: return .unsupported("whether there is \(condition.text)")
        }
    }
}
