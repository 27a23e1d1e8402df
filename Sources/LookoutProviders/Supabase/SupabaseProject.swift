package import LookoutDeployments
package import LookoutModel

extension ProviderAccount {
    /// Supabase's management API in the name of whose token it is.
    package static func supabase(
        token: Secret?,
        tokenName: String = "SUPABASE_TOKEN",
        base: String = "https://api.supabase.com"
    ) -> ProviderAccount {
        ProviderAccount(name: "Supabase", base: versioned(base, "/v1"), token: token, tokenName: tokenName)
    }
}

/// A project at Supabase: how it stands, its backups, its migrations.
package struct SupabaseProject: DatabaseHost {
    private let transport: ProviderTransport
    /// The project's reference: twenty letters.
    private let reference: String
    /// The way to the project itself; nil where no key is configured.
    private let gateway: SupabaseGateway?

    package init(
        reference: String,
        through transport: ProviderTransport,
        gateway: SupabaseGateway? = nil
    ) {
        self.reference = reference
        self.transport = transport
        self.gateway = gateway
    }

    package var name: String { "supabase" }

    package func access() async throws(ProviderFailure) -> ProviderAccess {
        let project = try await read("the project").object()
        _ = try project.required(try project.text("status"), "status")
        return ProviderAccess(identity: try project.words("organization_slug") ?? "")
    }

    /// The project's own word, what each of its services says, and whether it takes no writes.
    ///
    /// A project that is paused is not asked for its services, since they are not there.
    package func condition() async throws(ProviderFailure) -> DatabaseCondition {
        let project = try await read("the project").object()
        let status = try project.required(try project.text("status"), "status")
        let word = PlainText.line(status, atMost: 60)
        let isPaused = Self.wordsOfPause.contains(status)
        guard !isPaused else { return DatabaseCondition(project: word, isHealthy: false, isPaused: true) }
        var services = try await unhealthyServices()
        if let fault = await gateway?.fault() { services.append(fault) }
        return DatabaseCondition(
            project: word,
            isHealthy: status == "ACTIVE_HEALTHY" && services.isEmpty,
            isPaused: false,
            unhealthyServices: services,
            isReadOnly: await isReadOnly()
        )
    }

    package func backups() async throws(ProviderFailure) -> [DatabaseBackup] {
        let answer = try await read("the backups of the project", "database", "backups").object()
        var backups: [DatabaseBackup] = []
        _ = try answer.required(answer["backups"], "backups")
        for backup in try answer.objects("backups") {
            let status = try backup.required(try backup.text("status"), "status")
            backups.append(
                DatabaseBackup(
                    at: try backup.required(try backup.time("inserted_at"), "inserted_at"),
                    isComplete: status == "COMPLETED",
                    status: PlainText.line(status, atMost: 60)
                )
            )
        }
        if let physical = try latestPhysicalBackup(answer) { backups.append(physical) }
        return backups.sorted { $0.at > $1.at }
    }

    /// Supabase gives this to selected partners only, so `forbidden` is the usual answer.
    package func migrations() async throws(ProviderFailure) -> [String] {
        let answer = try await read("the migrations of the project", "database", "migrations")
        var versions: [String] = []
        for migration in try answer.objects() {
            versions.append(PlainText.line(try migration.required(try migration.text("version"), "version")))
        }
        return versions.sorted(by: Self.precedes)
    }

    /// Versions that are numbers are ordered as such, so that 9 comes before 10; others by their letters.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        guard let first = UInt64(one), let second = UInt64(other), first != second else { return one < other }
        return first < second
    }

    private static let wordsOfPause: Set<String> = ["INACTIVE", "PAUSING", "PAUSE_FAILED"]
    private static let services = ["auth", "db", "pooler", "realtime", "rest", "storage"]

    private func unhealthyServices() async throws(ProviderFailure) -> [String] {
        let request = ProviderRequest(
            "the health of the project",
            path: ["projects", reference, "health"],
            query: Self.services.map { .init("services", $0) } + [.init("timeout_ms", "5000")]
        )
        var unhealthy: [String] = []
        for service in try await transport.read(request).objects() {
            let name = try service.required(try service.words("name", atMost: 60), "name")
            let status = try service.required(try service.words("status", atMost: 60), "status")
            guard status != "ACTIVE_HEALTHY" else { continue }
            let error = try service.words("error", atMost: 120).map { " (\($0))" } ?? ""
            unhealthy.append("\(name): \(status)\(error)")
        }
        return unhealthy
    }

    /// Nil where Supabase does not say, such as for a token without that right.
    private func isReadOnly() async -> Bool? {
        guard let answer = try? await read("the write mode of the project", "readonly").object() else {
            return nil
        }
        return try? answer.flag("enabled")
    }

    /// The newest state that can be restored from the continuous backup; nil where there is none.
    private func latestPhysicalBackup(_ answer: AnswerObject) throws(ProviderFailure) -> DatabaseBackup? {
        guard try answer.flag("pitr_enabled") == true,
            let data = try answer.object("physical_backup_data"),
            let seconds = try data.count("latest_physical_backup_date_unix"),
            (1..<253_402_300_800).contains(seconds)
        else { return nil }
        return DatabaseBackup(
            at: Timestamp(seconds: Int64(seconds)),
            isComplete: true,
            status: "point in time"
        )
    }

    private func read(_ subject: String, _ path: String...) async throws(ProviderFailure) -> ProviderAnswer {
        try await transport.read(ProviderRequest(subject, path: ["projects", reference] + path))
    }
}
