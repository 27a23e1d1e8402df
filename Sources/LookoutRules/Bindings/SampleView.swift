import CEL
import LookoutModel

/// A sample as rules see it: shared by all rules that judge it, so that what is expensive to make
/// (JSON, text, headers) is made once, and only if a rule asks.
///
/// A sample without an observation is one from the store: what was seen then is not known, which is no
/// data, unless what is stored shows that there was nothing to see.
final class SampleView: Sendable {
    let sample: Sample
    let check: Check
    /// What time it is, for a sample that is seen long after it was taken.
    let clock: StandingClock?
    private let jsonMemo = Memo()
    private let bodyMemo = Memo()
    private let headersMemo = Memo()
    private let certificateMemo = Memo()
    private let factsMemo = Memo()
    private let timingsMemo = Memo()

    init(_ sample: Sample, of check: Check, clock: StandingClock? = nil) {
        self.sample = sample
        self.check = check
        self.clock = clock
    }

    /// The body as JSON; nil if it is none.
    ///
    /// A JSON null says nothing, so it counts as none.
    func json() throws(EvaluationError) -> Value? {
        if let made = jsonMemo.made { return made }
        guard let json = try observation(.json, isAbsent: sample.statusCode == nil)?.json, json != .null
        else {
            return jsonMemo.keep(nil)
        }
        return jsonMemo.keep(Value(json))
    }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    func body() throws(EvaluationError) -> Value? {
        if let made = bodyMemo.made { return made }
        let observation = try observation(.body, isAbsent: sample.statusCode == nil)
        return bodyMemo.keep(observation.map { .string(String(decoding: $0.body, as: UTF8.self)) })
    }

    /// The headers by lower-cased name; repeated ones are joined by ", " (RFC 9110 §5.2).
    func headers() throws(EvaluationError) -> Value? {
        if let made = headersMemo.made { return made }
        guard let observation = try observation(.headers, isAbsent: sample.statusCode == nil) else {
            return headersMemo.keep(nil)
        }
        var joined: [String: String] = [:]
        for field in observation.headers {
            let name = field.name.asciiLowercased
            joined[name] = joined[name].map { "\($0), \(field.value)" } ?? field.value
        }
        return headersMemo.keep(.map(joined.mapValues { .string($0) }))
    }

    func findings() throws(EvaluationError) -> Value? {
        try observation(.findings).map { .strings($0.findings) }
    }

    /// The certificates that were presented; without a TLS handshake there were none.
    func certificate() throws(EvaluationError) -> Value? {
        if let made = certificateMemo.made { return made }
        let hadNone = sample.timings.tls == nil && sample.outcome.failure?.kind != .tls
        let chain = try observation(.certificate, isAbsent: hadNone)?.certificates
        return certificateMemo.keep(
            chain.map { SampleFields.certificate.value(.init(chain: $0, seenAt: sample.startedAt)) }
        )
    }

    /// The facts of a probe type; nil if the sample is of another one.
    func facts(_ field: FactsField) throws(EvaluationError) -> Value? {
        guard field.type == check.type else { return nil }
        if let made = factsMemo.made { return made }
        return factsMemo.keep(try observation(field.unstored).map { field.record.value($0.facts) })
    }

    func timings() -> Value? {
        timingsMemo.made ?? timingsMemo.keep(SampleFields.timings.value(sample.timings))
    }

    /// What was seen; nil if there was nothing, as the stored part of the sample shows.
    private func observation(
        _ field: UnstoredField,
        isAbsent: @autoclosure () -> Bool = false
    ) throws(EvaluationError) -> Observation? {
        if let observation = sample.observation { return observation }
        if isAbsent() { return nil }
        throw field.error
    }
}

/// The facts of a probe type, as a field of `sample`.
struct FactsField: Sendable {
    let type: String
    let record: RecordType<[String: JSONValue]>
    let unstored: UnstoredField

    init(_ type: String, as record: RecordType<[String: JSONValue]>) {
        self.type = type
        self.record = record
        unstored = UnstoredField(type)
    }
}

/// A field of a sample that is not kept in the store, which a rule asked a stored sample for.
struct UnstoredField: Hashable {
    /// As expressions write it, such as `sample.json`.
    let name: String
    /// What is thrown when the field is asked for; made once, as whole histories are replayed with it.
    let error: EvaluationError

    init(_ field: String) {
        name = "sample.\(field)"
        error = .noData(name + Self.words)
    }

    /// The field whose absence an error tells of; nil for other errors.
    init?(_ error: EvaluationError) {
        let message = error.message.utf8
        guard error.code == .noData, message.count > Self.words.utf8.count,
            message.suffix(Self.words.utf8.count).elementsEqual(Self.words.utf8)
        else { return nil }
        name = String(decoding: message.dropLast(Self.words.utf8.count), as: UTF8.self)
        self.error = error
    }

    static let headers = UnstoredField("headers")
    static let body = UnstoredField("body")
    static let json = UnstoredField("json")
    static let findings = UnstoredField("findings")
    static let certificate = UnstoredField("certificate")

    private static let words = " is not stored"
}

extension String {
    /// ASCII letters in lower case, everything else as it is.
    fileprivate var asciiLowercased: String {
        String(
            decoding: utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self
        )
    }
}
