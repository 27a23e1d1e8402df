import LookoutAlerting
import LookoutModel

extension Announcement {
    /// The announcement as the local API shows it.
    var json: JSONValue {
        [
            "stage": .string(stage.rawValue),
            "topic": .string(topic.kind),
            "name": .string(topic.name),
            "environment": JSONValue(environment),
            "emergency": .bool(isEmergency),
            "planned_for": JSONValue(plannedFor?.rfc3339),
            "by": .string(author),
            "text": .string(remark),
            "title": .string(wording.title),
            "at": .string(at.rfc3339),
        ]
    }
}
