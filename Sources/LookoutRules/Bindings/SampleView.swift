import CEL
package import LookoutModel
import Synchronization

/// A sample as rules see it: shared by all rules that judge it, so that what is expensive to make
/// (JSON, text, headers) is made once, and only if a rule asks.
package final class SampleView: Sendable {
    package let sample: Sample
    /// The name of the probe's type, which tells whose facts these are.
    package let type: String
    private let json = Memo()
    private let body = Memo()
    private let headers = Memo()

    package init(_ sample: Sample, type: String) {
        self.sample = sample
        self.type = type
    }

    /// The body as JSON; nil if it is none.
    ///
    /// A JSON null says nothing, so it counts as none.
    var jsonValue: Value? {
        guard let json = sample.observation?.json, json != .null else { return nil }
        return self.json.value { Value(json) }
    }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    var bodyValue: Value? {
        guard let observation = sample.observation else { return nil }
        return body.value { .string(String(decoding: observation.body, as: UTF8.self)) }
    }

    /// The headers by lower-cased name; repeated ones are joined by ", " (RFC 9110 §5.2).
    var headersValue: Value? {
        guard let observation = sample.observation else { return nil }
        return headers.value {
            var joined: [String: String] = [:]
            for field in observation.headers {
                let name = field.name.asciiLowercased
                joined[name] = joined[name].map { "\($0), \(field.value)" } ?? field.value
            }
            return .map(joined.mapValues { .string($0) })
        }
    }
}

/// A value that is made at the first asking.
private final class Memo: Sendable {
    private let cache = Mutex<Value?>(nil)

    func value(_ make: () -> Value) -> Value {
        cache.withLock { cached in
            if let cached { return cached }
            let made = make()
            cached = made
            return made
        }
    }
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
