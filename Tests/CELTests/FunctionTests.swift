import CEL
import Testing

/// Functions that the conformance data has little or nothing on: each line is true.
@Suite struct `Functions beyond the data` {
    private let environment = CELEnvironment(variables: [.init("zone", .string), .init("pattern", .string)])

    private func holds(_ source: String, zone: String = "", pattern: String = "") throws -> Bool {
        var activation = Activation(environment)
        activation["zone"] = .string(zone)
        activation["pattern"] = .string(pattern)
        return try environment.compile(source).holds(activation)
    }

    @Test(arguments: [
        "[3, 1, 2].sort() == [1, 2, 3]",
        "['b', 'a'].sort() == ['a', 'b']",
        "['ccc', 'a', 'bb'].sortBy(s, size(s)) == ['a', 'bb', 'ccc']",
        "[1, 2, 3, 4].slice(1, 3) == [2, 3]",
        "[1, 2, 2, 3, 1].distinct() == [1, 2, 3]",
        "[[1], [1.0], [2]].map(x, dyn(x)).distinct().size() == 2",
        "[[1, 2], [3]].flatten() == [1, 2, 3]",
        "[[1, [2]], [3]].flatten(2) == [1, 2, 3]",
        "lists.range(4).reverse() == [3, 2, 1, 0]",
        "[1, 2].first().value() == 1 && [1, 2].last().value() == 2 && !dyn([]).first().hasValue()",
        "[optional.of(1), optional.none()].unwrapOpt() == [1]",
        "optional.of(2).or(optional.of(1 / 0)).value() == 2",
        "optional.of(2).orValue(1 / 0) == 2",
        "cel.bind(x, 'ab', x + x) == 'abab'",
        "[1, 2].exists(i, [i].exists(i, i == 2))",
        "{'a': {'b': 1}}.?a.?c.orValue(7) == 7",
        "int('-9223372036854775808') < 0",
        "dyn(1) < dyn(2u) && dyn(2.5) >= dyn(2) && dyn(3u) == dyn(3.0)",
        "-9223372036854775808 < 0 && --5 == 5 && ---5 == -5 && - - 5 - -5 == 10",
        "'%.3f|%e|%x|%s'.format([2.0625, 12.5, 255, [1, {'a': b'x'}]]) == '2.062|1.250000e+01|ff|[1, {a: x}]'",
        "'a\\u00e9\\U0001F600'.reverse() == '\\U0001F600\\u00e9a'",
        "'aXbXc'.split('X', 2) == ['a', 'bXc'] && 'aXbXc'.lastIndexOf('X', 2) == 1",
        "{1: 'a', 2: 'b', 3: 'c', 4: 'd', 5: 'e', 6: 'f', 7: 'g', 8: 'h', 9: 'i'}[dyn(9u)] == 'i'",
    ])
    func `answer as they should`(source: String) throws {
        #expect(try holds(source))
    }

    @Test(arguments: [
        ("2026-03-29T00:59:59Z", "Europe/Berlin", 1), ("2026-03-29T01:00:00Z", "Europe/Berlin", 3),
        ("2026-10-25T00:59:59Z", "Europe/Berlin", 2), ("2026-10-25T01:00:00Z", "Europe/Berlin", 2),
        // Beyond the table of transitions, by the rule at the end of the file.
        ("2090-07-01T12:00:00Z", "Europe/Berlin", 14), ("2090-01-01T12:00:00Z", "Europe/Berlin", 13),
        // South of the equator summer spans the new year.
        ("2090-01-01T12:00:00Z", "Australia/Sydney", 23), ("2090-07-01T12:00:00Z", "Australia/Sydney", 22),
        // Winter time is the one that is shifted, with a negative hour.
        ("2090-07-01T12:00:00Z", "Europe/Dublin", 13), ("2090-01-01T12:00:00Z", "Europe/Dublin", 12),
        ("1850-01-01T12:00:00Z", "Europe/Berlin", 12), ("2026-01-01T12:00:00Z", "Asia/Kathmandu", 17),
        ("2026-01-01T12:00:00Z", "-05:00", 7), ("2026-01-01T12:00:00Z", "UTC", 12),
    ])
    func `read hours in zones`(time: String, zone: String, hours: Int) throws {
        #expect(try holds("timestamp('\(time)').getHours(zone) == \(hours)", zone: zone))
    }

    @Test(arguments: [
        "", "Z", "utc", "../UTC", "/etc/localtime", "Europe/../UTC", "Europe", "+25:00", "1:2:3", "zone.tab",
    ])
    func `refuse zones that are none`(zone: String) throws {
        #expect(throws: EvaluationError.self) {
            try holds("timestamp('2026-01-01T12:00:00Z').getHours(zone) == 12", zone: zone)
        }
    }

    @Test(arguments: ["(", "a{1001}", "(?=a)", "(a)\\1", "\\C", "((a{100}){100}){100}"])
    func `refuse patterns that are known only at run time`(pattern: String) throws {
        let error = try #require(throws: EvaluationError.self) {
            try holds("'aaa'.matches(pattern)", pattern: pattern)
        }
        #expect(error.code == .invalidArgument)
    }

    @Test(arguments: ["(?<name>a)b", "(?P<name>a)b", "[(?<a>]b", "\\Q(?<\\E|ab", "[]a]b", "[^]x]b"])
    func `read patterns in the syntax of every RE2`(pattern: String) throws {
        #expect(try holds("'ab'.matches(pattern)", pattern: pattern))
    }
}
