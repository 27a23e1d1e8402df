import CEL
import LookoutDeployments
import LookoutModel
import LookoutRules

/// What the functions of a knowledge file look at.
final class SymptomContext: Sendable {
    let symptoms: Symptoms
    let checks: [String: Symptoms.CheckState]
    /// Whether a value that is not there shows as its name, or is "no data".
    let showsNames: Bool

    init(_ symptoms: Symptoms, showsNames: Bool) {
        self.symptoms = symptoms
        self.showsNames = showsNames
        checks = Dictionary(
            symptoms.checks.filter { $0.check.environment == symptoms.environment }.map { ($0.probe, $0) },
            uniquingKeysWith: { $0.at < $1.at ? $1 : $0 }
        )
    }
}

/// The functions of a knowledge file; one list, one entry a function.
enum SymptomFunctions {
    static let all = [check, rule, incident, incidentText, logLines, value, json, segment]

    /// `check("backend-health")`: the newest run of the environment's check of that probe.
    private static let check = FunctionDeclaration(
        "check",
        [
            .host("check(string)", context: SymptomContext.self, [.string], CheckFields.record.valueType) {
                (arguments, context) throws(EvaluationError) in
                let name = text(arguments)
                let state = try context.checks[name].known("there is no check \"\(name)\"")
                return CheckFields.record.value(.init(state: state, now: context.symptoms.now))
            }
        ]
    )

    /// `fires("backend-down")`: whether an alert of that rule is firing.
    private static let rule = FunctionDeclaration(
        "fires",
        [
            .host("fires(string)", context: SymptomContext.self, [.string], .bool) {
                (arguments, context) throws(EvaluationError) in
                let rule = text(arguments)
                return .bool(context.symptoms.alerts.contains { $0.isFiring && $0.rule == rule })
            }
        ]
    )

    /// `incident("render")`: the impact in the status page's word, `none` where all is well.
    private static let incident = FunctionDeclaration(
        "incident",
        [
            .host("incident(string)", context: SymptomContext.self, [.string], .string) {
                (arguments, context) throws(EvaluationError) in
                .string(try incident(text(arguments), context).impact.rawValue)
            }
        ]
    )

    /// `incident_text("render")`: what the status page says.
    private static let incidentText = FunctionDeclaration(
        "incident_text",
        [
            .host("incident_text(string)", context: SymptomContext.self, [.string], .string) {
                (arguments, context) throws(EvaluationError) in
                .string(PlainText.line(try incident(text(arguments), context).description, atMost: 300))
            }
        ]
    )

    /// `log_lines("no running event loop")`: how often the backend's log has the text since the deployment.
    static let logLines = FunctionDeclaration(
        "log_lines",
        [
            .host("log_lines(string)", context: SymptomContext.self, [.string], .int) {
                (arguments, context) throws(EvaluationError) in
                let text = text(arguments)
                let backend = try context.symptoms.backend.known("backend: no provider is configured")
                let hits = try backend.logHits[text].known(
                    "the backend's log was not searched for \"\(text)\""
                )
                return .int(try hits.get())
            }
        ]
    )

    /// `value("backend.url")`: a value of the configuration, never a secret.
    private static let value = FunctionDeclaration(
        "value",
        [
            .host("value(string)", context: SymptomContext.self, [.string], .string) {
                (arguments, context) throws(EvaluationError) in
                let name = text(arguments)
                if let value = context.symptoms.values[name] {
                    return .string(PlainText.line(value, atMost: 2000))
                }
                guard context.showsNames else { throw .noData("\(name) is not configured") }
                return .string("<\(name)>")
            }
        ]
    )

    /// `json(value("variable.APP_URL"))`: the text as a JSON string, for the body of a request.
    private static let json = FunctionDeclaration(
        "json",
        [
            .host("json(string)", [.string], .string) { (arguments, _) throws(EvaluationError) in
                .string(ProviderCommand.json(.string(text(arguments))))
            }
        ]
    )

    /// `segment("APP_URL")`: the text as one segment of a URL's path.
    private static let segment = FunctionDeclaration(
        "segment",
        [
            .host("segment(string)", [.string], .string) { (arguments, _) throws(EvaluationError) in
                .string(ProviderCommand.encoded(text(arguments)))
            }
        ]
    )

    private static func incident(
        _ provider: String,
        _ context: SymptomContext
    ) throws(EvaluationError) -> ProviderIncident {
        try context.symptoms.incidents[provider].known("\(provider): its status page was not asked").get()
    }

    private static func text(_ arguments: [Value]) -> String {
        if case .string(let text)? = arguments.first { text } else { "" }
    }
}
