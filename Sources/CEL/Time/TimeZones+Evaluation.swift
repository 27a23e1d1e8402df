internal import CivilTime

extension TimeZones {
    /// Seconds east of Greenwich at a point in time; an unknown zone is an error of the expression.
    func offset(named zone: String, at seconds: Int) throws(EvaluationError) -> Int {
        if let offset = offset(of: zone, at: seconds) { return offset }
        let fault = Self.isOffset(zone) ? "invalid time zone offset" : "unknown time zone"
        throw EvaluationError(.invalidArgument, "\(fault) \(Value.string(zone).summary)")
    }
}
