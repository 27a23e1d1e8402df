import LookoutConfiguration
import LookoutModel
import Testing

@Suite struct `Schema of the configuration` {
    let schema = ConfigurationSchema(probes: LoaderFixture.probes, receivers: LoaderFixture.receivers).json

    /// The keys of an object's schema.
    private func keys(_ schema: JSONValue?) -> Set<String> {
        guard case .object(let members)? = schema?["properties"] else { return [] }
        return Set(members.keys)
    }

    private func keys(_ text: String) -> Set<String> {
        Set(text.split(separator: " ").map(String.init))
    }

    @Test func `it says what it is`() {
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["title"] == "Lookout configuration")
        #expect(schema["type"] == "object")
        #expect(schema["required"] == ["environments", "probes"])
        #expect(schema["additionalProperties"] == false)
    }

    @Test func `it has every section of the file`() {
        #expect(
            keys(schema)
                == keys(
                    "data_directory listen external_url log environments defaults limits retention probes rules "
                        + "receivers routes reminders announcements flapping time_intervals maintenance connectivity heartbeats self_alerts deployments"
                )
        )
    }

    @Test(
        arguments: [
            ("log", "level"), ("defaults", "interval timeout attempts"), ("limits", "in_flight"),
            ("retention", "alerts samples"), ("rules", "files"),
        ]
    )
    func `it has every key of a section`(section: String, expected: String) {
        #expect(keys(schema["properties"]?[section]) == keys(expected))
    }

    @Test func `environments may have any name`() {
        #expect(
            keys(schema["properties"]?["environments"]?["additionalProperties"]) == keys("variables labels")
        )
    }

    @Test func `a probe has the common keys and one for each type`() {
        let probe = schema["properties"]?["probes"]?["items"]
        #expect(keys(probe) == keys("name environments interval timeout attempts labels http echo"))
        #expect(probe?["required"] == ["name"])
        #expect(probe?["oneOf"] == [["required": ["http"]], ["required": ["echo"]]])
        #expect(keys(probe?["properties"]?["http"]) == keys("url status token"))
        #expect(probe?["properties"]?["http"]?["description"] == "Asks over HTTP.")
    }

    @Test func `a receiver has a name and one of the types`() {
        let receiver = schema["properties"]?["receivers"]?["items"]
        #expect(keys(receiver) == keys("name send_resolved send_announcements time_zone hook screen"))
        #expect(keys(receiver?["properties"]?["hook"]) == keys("url"))
    }

    @Test func `rule files have a schema of their own`() {
        #expect(keys(ConfigurationSchema.ruleFile) == keys("groups"))
        let rule = ConfigurationSchema.ruleFile["properties"]?["groups"]?["items"]?["properties"]?["rules"]?[
            "items"
        ]
        #expect(
            keys(rule).isSuperset(
                of: keys("id match expr for keep_firing_for severity summary runbook labels")
            )
        )
    }

    @Test func `the complete example uses no key that the schema lacks`() throws {
        let bytes = Array(`Loading a configuration`.complete.utf8)
        let root = try YAMLReader(file: "f").read(bytes).get().root
        #expect(SchemaWalk(root, schema).unknownKeys == [])
    }

    @Test func `it is JSON that reads back`() throws {
        #expect(try JSONValue(parsing: Array(schema.prettyJSONText.utf8)) == schema)
    }
}
