package import LookoutAlerting
import LookoutModel

extension Notice {
    /// The id of the rule that it is about; empty for an announcement.
    package var rule: String { alert?.id.rule ?? "" }
}
