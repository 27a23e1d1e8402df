import LookoutHTTP
import LookoutModel

/// The links of `Link` header lines (RFC 8288), as far as paging needs them.
enum LinkHeader {
    /// A link: where it leads and its parameters, whose names are in lower case.
    struct Link: Hashable, Sendable {
        var target: String
        var parameters: [String: String] = [:]
    }

    /// Where the next page is; nil on the last one.
    ///
    /// Sentry gives a next link on the last page too, with `results="false"`.
    static func next(in headers: [HeaderField]) -> String? {
        headers.values(named: "Link").flatMap(links).first { link in
            let relations = link.parameters["rel"]?.split(separator: " ") ?? []
            return relations.contains { $0.lowercased() == "next" } && link.parameters["results"] != "false"
        }?.target
    }

    /// The links of one line; what is malformed ends the reading.
    static func links(_ line: String) -> [Link] {
        var rest = line[...]
        var links: [Link] = []
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
            guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return links }
            var link = Link(target: String(rest[rest.index(after: rest.startIndex)..<end]))
            rest = rest[rest.index(after: end)...]
            while let (name, value) = parameter(&rest) {
                // The first of a name counts (RFC 8288 §3.3).
                link.parameters[name] = link.parameters[name] ?? value
            }
            links.append(link)
        }
    }

    /// Takes `; name=value` or `; name="value"` off the front; nil where there is none.
    private static func parameter(_ rest: inout Substring) -> (String, String)? {
        let blanks: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = rest.drop(while: blanks)
        guard start.first == ";" else { return nil }
        rest = start.dropFirst().drop(while: blanks)
        let name = rest.prefix { $0 != "=" && $0 != ";" && $0 != "," && !blanks($0) }
        rest = rest[name.endIndex...].drop(while: blanks)
        guard rest.first == "=" else { return (name.lowercased(), "") }
        rest = rest.dropFirst().drop(while: blanks)
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != ";" && $0 != "," && !blanks($0) }
            rest = rest[value.endIndex...]
            return (name.lowercased(), String(value))
        }
        return (name.lowercased(), quoted(&rest))
    }

    /// Takes a quoted string off the front.
    private static func quoted(_ rest: inout Substring) -> String {
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return value
    }
}
