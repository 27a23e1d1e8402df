import CivilTime
import LookoutModel

extension Certificate {
    /// Reads the `name:value` lines that libcurl's OpenSSL back end writes for one certificate;
    /// nil if the validity is missing or unreadable.
    init?(openSSLLines lines: [String]) {
        var values: [Substring: Substring] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon]
            // The first one counts: what follows may be text that the certificate's owner chose.
            if values[key] == nil { values[key] = line[line.index(after: colon)...] }
        }
        guard let notBefore = values["Start date"].flatMap({ Timestamp(openSSL: $0) }),
            let notAfter = values["Expire date"].flatMap({ Timestamp(openSSL: $0) })
        else { return nil }
        self.init(
            subject: String(values["Subject"] ?? ""),
            issuer: String(values["Issuer"] ?? ""),
            names: Self.names(values["X509v3 Subject Alternative Name"] ?? ""),
            notBefore: notBefore,
            notAfter: notAfter
        )
    }

    /// The names in text such as `DNS:example.org, DNS:*.example.org, IP Address:127.0.0.1`.
    private static func names(_ text: Substring) -> [String] {
        text.split(separator: ",").compactMap { part in
            let name = part.drop { $0 == " " || $0 == "\n" }
            for prefix in ["DNS:", "IP Address:"] where name.hasPrefix(prefix) {
                return String(name.dropFirst(prefix.count).prefix { $0 != "\n" && $0 != " " })
            }
            return nil
        }
    }
}

extension Timestamp {
    /// Reads a time as OpenSSL prints it: `Nov  5 01:02:03 2026 GMT`, always in GMT.
    init?(openSSL text: Substring) {
        let words = text.split(separator: " ")
        guard words.count == 5, words[4] == "GMT",
            let month = Self.months.firstIndex(of: words[0]), let day = Int(words[1]),
            let year = Int(words[3]), (0...9999).contains(year),
            let date = CivilDate(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = words[2].prefix { $0 != "." }.split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
            (0...60).contains(clock[2])
        else { return nil }
        self.init(
            seconds: Int64(date.daysSinceEpoch * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2])
        )
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
