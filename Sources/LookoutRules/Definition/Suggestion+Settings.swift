package import LookoutModel
import LookoutSettings

extension Suggestion: SettingsValue {}
