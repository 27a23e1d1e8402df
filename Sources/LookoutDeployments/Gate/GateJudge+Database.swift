import LookoutModel

/// The databases, their backups and their migrations.
extension GateJudge {
    var databaseHealthy: GateReport.Finding {
        var draft = draft(.databaseHealthy)
        var sides = [(settings.production, facts.production.database)]
        if let staging = settings.staging { sides.append((staging, facts.staging?.database)) }
        for (environment, database) in sides {
            let name = "the database of \(environment.name)"
            guard let database else {
                draft.doubt(
                    "nobody can be asked about \(name)",
                    remedy: "name its project as `supabase` with a token"
                )
                continue
            }
            guard let condition = known(database.condition, &draft) else { continue }
            if condition.isPaused {
                draft.object(
                    "\(name) is paused (\(condition.project))",
                    remedy: "resume the project at the provider"
                )
            } else if !condition.isHealthy {
                let services = condition.unhealthyServices.joined(separator: ", ")
                draft.object(
                    "\(name) is not healthy (\(condition.project)\(services.isEmpty ? "" : ", \(services)"))"
                )
            } else {
                draft.note("\(name): \(condition.project)")
            }
            if condition.isReadOnly == true {
                draft.object("\(name) is read-only", remedy: "its disk may be full; look at the provider")
            }
        }
        return draft.finding
    }

    var databaseBackup: GateReport.Finding {
        var draft = draft(.databaseBackup)
        let name = settings.production.name
        guard let database = facts.production.database else {
            draft.doubt(
                "nobody can be asked for backups of the database of \(name)",
                remedy: "name its project as `supabase` with a token"
            )
            return draft.finding
        }
        guard let backups = known(database.backups, &draft) else { return draft.finding }
        let newest = backups.filter(\.isComplete).max { $0.at < $1.at }
        if let last = backups.max(by: { $0.at < $1.at }), !last.isComplete {
            draft.note("the newest one, of \(last.at.rfc3339Seconds), is \(last.status)")
        }
        let remedy = "make one at the provider, or `supabase db dump`, before you deploy"
        guard let newest else {
            draft.object("there is no complete backup among \(backups.count)", remedy: remedy)
            return draft.finding
        }
        let age = facts.now - newest.at
        if age > settings.gate.backupAge {
            draft.object(
                "the newest complete one is of \(newest.at.rfc3339Seconds), \(age.plainText) ago",
                remedy: remedy
            )
        } else if age < .seconds(-300) {
            draft.doubt(
                "the newest complete one is of \(newest.at.rfc3339Seconds), which is to come: a clock is wrong"
            )
        } else {
            draft.note("\(newest.status), of \(newest.at.rfc3339Seconds)")
        }
        return draft.finding
    }

    var migrationsStaging: GateReport.Finding {
        var draft = draft(.migrationsStaging)
        guard let versions = repositoryMigrations(&draft) else {
            return migrationsSkipped(.migrationsStaging, draft)
        }
        guard let environment = settings.staging, let database = facts.staging?.database else {
            draft.doubt(
                "nobody can be asked for the migrations of staging",
                remedy: "name its project as `supabase`"
            )
            return draft.finding
        }
        compare(versions, with: database.migrations, of: environment, &draft)
        return draft.finding
    }

    var migrationsProduction: GateReport.Finding {
        var draft = draft(.migrationsProduction)
        guard let versions = repositoryMigrations(&draft) else {
            return migrationsSkipped(.migrationsProduction, draft)
        }
        guard let database = facts.production.database else {
            draft.doubt("nobody can be asked for the migrations of \(settings.production.name)")
            return draft.finding
        }
        compare(versions, with: database.migrations, of: settings.production, &draft)
        return draft.finding
    }

    private func migrationsSkipped(_ criterion: GateCriterion, _ draft: FindingDraft) -> GateReport.Finding {
        facts.code.migrations == nil
            ? skipped(criterion, "the configuration names no folder of migrations") : draft.finding
    }

    /// The versions that the candidate has, oldest first; nil where none are configured or known.
    private func repositoryMigrations(_ draft: inout FindingDraft) -> [String]? {
        facts.code.migrations.flatMap { known($0, &draft) }.map { files in
            Set(files.compactMap(MigrationFile.version)).sorted()
        }
    }

    private func compare(
        _ wanted: [String],
        with applied: Known<[String]>,
        of environment: DeploymentSettings.Environment,
        _ draft: inout FindingDraft
    ) {
        guard let applied = known(applied, &draft) else {
            return draft.advise([
                "compare by hand: `supabase migration list`, or `select version from"
                    + " supabase_migrations.schema_migrations`; the candidate has \(wanted.count), the last is"
                    + " \(wanted.last ?? "none")"
            ])
        }
        let missing = Set(wanted).subtracting(applied).sorted()
        let strange = Set(applied).subtracting(wanted).sorted()
        if !missing.isEmpty {
            draft.object(
                "\(environment.name) lacks \(missing.count): \(Self.list(missing))",
                remedy: "apply them before the code that needs them; no rollback of code undoes them"
            )
        }
        if !strange.isEmpty {
            draft.object(
                "\(environment.name) has \(strange.count) that the candidate has not: \(Self.list(strange))",
                remedy: "bring their files into the repository"
            )
        }
        if missing.isEmpty, strange.isEmpty {
            draft.note("\(environment.name): \(applied.count), the last is \(wanted.last ?? "none")")
        }
    }

    private static func list(_ versions: [String]) -> String {
        versions.prefix(10).joined(separator: ", ") + (versions.count > 10 ? ", …" : "")
    }
}

/// The name of a file of a migration.
enum MigrationFile {
    /// The version: the digits at the beginning of an SQL file's name; nil for a file that is no migration.
    static func version(_ path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard name.lowercased().hasSuffix(".sql") else { return nil }
        let digits = name.utf8.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return digits.isEmpty ? nil : String(digits)
    }
}
