import LookoutModel

/// Builds a page, a family at a time; a family without samples is left out.
struct MetricsPage {
    /// What the values of a family are.
    enum Kind: String {
        case counter
        case gauge
    }

    private(set) var text = ""

    mutating func family(
        _ name: String,
        _ type: Kind,
        _ help: String,
        samples: () -> [(labels: Labels, value: Double)]
    ) {
        let samples = samples()
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type.rawValue)\n"
        for sample in samples { text += "\(name)\(sample.labels.metricsText) \(sample.value.metricsText)\n" }
    }
}

extension Labels {
    /// `{name="value",…}` with the escapes of the format; nothing for no labels.
    fileprivate var metricsText: String {
        let pairs = sorted.map { "\($0.name)=\"\(Self.escape($0.value))\"" }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escape(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += #"\\"#
            case "\"": text += #"\""#
            case "\n": text += #"\n"#
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Double {
    fileprivate var metricsText: String {
        self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : String(self)
    }
}

extension Timestamp {
    /// In seconds since 1970, with the fraction.
    var unixSeconds: Double { Double(microseconds) / 1e6 }
}
