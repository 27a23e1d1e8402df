package import LookoutAlerting
package import LookoutModel
package import LookoutProbing
import LookoutRules
import LookoutSettings

/// The JSON Schema (draft 2020-12) of a configuration file, for editors that complete and check it.
///
/// It is made from the same fields that the loader reads by, so it cannot fall behind them.
package struct ConfigurationSchema {
    /// The schema of the configuration file itself.
    package let json: JSONValue

    package init(probes: ProbeRegistry, receivers: ReceiverRegistry) {
        let probe = Shape.tagged(
            Self.properties(of: ProbeIdentity.self) + Self.properties(of: CheckSettings.self),
            oneOf: probes.types.map {
                Shape.Property(key: $0.name, summary: $0.summary, isRequired: false, shape: $0.settingsShape)
            }
        )
        let receiver = Shape.tagged(
            Self.properties(of: ReceiverIdentity.self),
            oneOf: receivers.types.map {
                Shape.Property(key: $0.name, summary: $0.summary, isRequired: false, shape: $0.settingsShape)
            }
        )
        var properties = Self.properties(of: ConfigurationFile.self)
        for index in properties.indices {
            switch properties[index].key {
            case "probes": properties[index].shape = .list(probe)
            case "receivers": properties[index].shape = .list(receiver)
            default: break
            }
        }
        json = Self.document(.object(properties), title: "Lookout configuration")
    }

    /// The JSON Schema of a rule file.
    package static var ruleFile: JSONValue {
        document(RuleFileSettings.shape, title: "Lookout rules")
    }

    private static func properties<Section: Settings>(of section: Section.Type) -> [Shape.Property] {
        if case .object(let properties) = Section.shape { properties } else { [] }
    }

    private static func document(_ shape: Shape, title: String) -> JSONValue {
        guard case .object(var members) = shape.jsonSchema else { return shape.jsonSchema }
        members["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        members["title"] = .string(title)
        return .object(members)
    }
}
