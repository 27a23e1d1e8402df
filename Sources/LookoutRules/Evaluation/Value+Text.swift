package import CEL
import LookoutModel
import LookoutSettings

extension Value {
    /// The value as a person reads it in an alert: texts bare, durations short, times in RFC 3339.
    package var textForPeople: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .uint(let value): "\(value)"
        case .double(let value): Self.text(value)
        case .string(let value): value
        case .bytes(let value): String(decoding: value, as: UTF8.self)
        case .duration(let span): Self.text(span.duration)
        case .timestamp(let instant):
            Timestamp(microseconds: Int64(instant.seconds) * 1_000_000 + Int64(instant.nanoseconds / 1000))
                .rfc3339
        case .list(let elements): elements.map(\.textForPeople).joined(separator: ", ")
        case .map(let map):
            map.entries.map { "\($0.key.textForPeople): \($0.value.textForPeople)" }.joined(separator: ", ")
        case .optional(let optional): optional.wrapped?.textForPeople ?? "none"
        case .type(let type): type.name
        case .object(let object): object.objectType.name
        }
    }

    /// Whole numbers without a fraction, others with at most four decimals.
    private static func text(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
        let rounded = (number * 10_000).rounded() / 10_000
        return rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
    }

    /// Milliseconds below a second, decimals below a minute, the two greatest units above.
    private static func text(_ duration: Duration) -> String {
        let length = duration < .zero ? .zero - duration : duration
        let sign = duration < .zero ? "-" : ""
        switch length {
        case ..<(.seconds(1)):
            return sign + Duration.milliseconds((length / .milliseconds(1)).rounded()).durationText
        case ..<(.seconds(60)): return "\(sign)\(Self.text((length.inSeconds * 1000).rounded() / 1000))s"
        case ..<(.seconds(3600)): return sign + length.rounded(to: 1).durationText
        case ..<(.seconds(86_400)): return sign + length.rounded(to: 60).durationText
        default: return sign + length.rounded(to: 3600).durationText
        }
    }
}

extension Duration {
    /// The duration without what is left over of a unit of so many seconds.
    fileprivate func rounded(to unit: Int64) -> Duration {
        .seconds(components.seconds / unit * unit)
    }
}
