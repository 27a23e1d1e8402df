import LookoutAlerting
import LookoutSettings

/// What routes and maintenance may name.
struct RouteNames {
    let receivers: NameReference
    let intervals: [String: TimeWindows]

    /// The windows of time intervals by name; what is not known is reported and left out.
    func windows(_ names: [Located<String>], _ context: inout SettingsContext) -> [TimeWindows] {
        NameReference(kind: "time interval", names: intervals.keys.sorted())
            .resolve(names, &context).compactMap { intervals[$0] }
    }
}
