/// Arithmetic on fixed-width numbers where overflow is an error.
enum Arithmetic {
    @inline(__always)
    static func add<Number: FixedWidthInteger>(
        _ left: Number,
        _ right: Number
    ) throws(EvaluationError) -> Number {
        let (result, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw Self.overflow(Number.self) }
        return result
    }

    @inline(__always)
    static func subtract<Number: FixedWidthInteger>(
        _ left: Number,
        _ right: Number
    ) throws(EvaluationError) -> Number {
        let (result, overflow) = left.subtractingReportingOverflow(right)
        guard !overflow else { throw Self.overflow(Number.self) }
        return result
    }

    @inline(__always)
    static func multiply<Number: FixedWidthInteger>(
        _ left: Number,
        _ right: Number
    ) throws(EvaluationError) -> Number {
        let (result, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow else { throw Self.overflow(Number.self) }
        return result
    }

    static func divide<Number: FixedWidthInteger>(
        _ left: Number,
        _ right: Number
    ) throws(EvaluationError) -> Number {
        guard right != 0 else { throw EvaluationError(.divisionByZero, "division by zero") }
        let (result, overflow) = left.dividedReportingOverflow(by: right)
        guard !overflow else { throw Self.overflow(Number.self) }
        return result
    }

    static func remainder<Number: FixedWidthInteger>(
        _ left: Number,
        _ right: Number
    ) throws(EvaluationError) -> Number {
        guard right != 0 else { throw EvaluationError(.divisionByZero, "modulus by zero") }
        let (result, overflow) = left.remainderReportingOverflow(dividingBy: right)
        guard !overflow else { throw Self.overflow(Number.self) }
        return result
    }

    static func within(_ instant: Instant?) throws(EvaluationError) -> Instant {
        guard let instant else { throw EvaluationError(.overflow, "timestamp overflow") }
        return instant
    }

    private static func overflow<Number: FixedWidthInteger>(_ type: Number.Type) -> EvaluationError {
        EvaluationError(.overflow, Number.isSigned ? "integer overflow" : "unsigned integer overflow")
    }
}
