package import LookoutModel

/// The record of a deployment: exactly the fields of the workflow's template.
package struct DeploymentRecord: Hashable, Sendable {
    /// A line of the validation results: `✅ Healthy`.
    package struct Validation: Hashable, Sendable {
        /// `Backend health`, `PAM functionality`, `Frontend performance`, `User reports`, or a flow of the team.
        package var item: String
        package var verdict: ValidationResult.Verdict
        package var text: String

        package init(item: String, verdict: ValidationResult.Verdict, text: String) {
            self.item = item
            self.verdict = verdict
            self.text = text
        }
    }

    /// When it began, in whole seconds of UTC.
    package var deployment: Timestamp
    package var trigger: String
    package var changes: [String]
    package var backupBranch: String
    package var result: String
    package var issues: String
    package var rollbackRequired: String
    package var validations: [Validation]

    package init(
        deployment: Timestamp,
        trigger: String,
        changes: [String],
        backupBranch: String,
        result: String,
        issues: String,
        rollbackRequired: String,
        validations: [Validation]
    ) {
        self.deployment = deployment
        self.trigger = trigger
        self.changes = changes
        self.backupBranch = backupBranch
        self.result = result
        self.issues = issues
        self.rollbackRequired = rollbackRequired
        self.validations = validations
    }
}
