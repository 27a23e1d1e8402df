import CivilTime
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutAlerting

struct AnnouncementTests {
    private static let noon = IncidentStory.noon

    private static func announcement(
        _ stage: Announcement.Stage = .start,
        _ topic: Announcement.Topic = .deployment("2.0.4"),
        environment: String? = "production",
        isEmergency: Bool = false,
        at time: Timestamp = noon
    ) -> Announcement {
        Announcement(
            topic: topic,
            stage: stage,
            environment: environment,
            isEmergency: isEmergency,
            author: "ada",
            remark: "new chat",
            at: time
        )
    }

    // MARK: Words

    @Test func `every step has words of the deployment workflow`() {
        for stage in Announcement.Stage.allCases {
            let wording = CommunicationProtocol.standard.worded(Self.announcement(stage)).wording
            #expect(wording.title.hasPrefix("Deployment 2.0.4 to production"), "\(stage)")
            #expect(wording.text == "new chat")
            #expect(wording.next.isEmpty == (stage == .update))
        }
    }

    @Test(arguments: [
        ("{{ subject }}", "Emergency deployment 2.0.4 to production"),
        ("{{name}} by {{ author }}", "2.0.4 by ada"),
        ("in {{ environment }}: {{ remark }}", "in production: new chat"), ("at {{ planned_for }}.", "at ."),
        ("{{ record }}", "lookout announce list"), ("no field", "no field"), ("", ""), ("}} {", "}} {"),
    ])
    func `templates are filled in`(template: String, text: String) throws {
        let announcement = Self.announcement(isEmergency: true)
        #expect(try AnnouncementTemplate(template).filled(for: announcement) == text)
    }

    @Test func `what people say is no template`() throws {
        var announcement = Self.announcement()
        announcement.remark = "{{ author }} {{"
        #expect(AnnouncementTemplate("{{ remark }}").filled(for: announcement) == "{{ author }} {{")
    }

    @Test(
        arguments: [
            ("ab {{ autor }}", 3, "autor"), ("\u{E9}{{ x", 1, nil), ("{{}}", 0, ""),
            ("{{ subject }} {{ b }}", 14, "b"),
        ] as [(String, Int, String?)]
    )
    func `a template that is not right says where`(template: String, offset: Int, unknown: String?) {
        let mistake = #expect(throws: AnnouncementTemplate.Mistake.self) {
            try AnnouncementTemplate(template)
        }
        #expect(mistake?.offset == offset)
        #expect(mistake?.unknown == unknown)
    }

    @Test func `a template of any length is refused before it is read`() {
        let long = String(repeating: "{{ subject }}", count: 100_000)
        #expect(throws: AnnouncementTemplate.Mistake.self) { try AnnouncementTemplate(long) }
    }

    // MARK: Routes

    private static let routes = Routes(
        receivers: ["chat", "mail", "pager", "night"],
        root: Route(
            receivers: ["chat"],
            routes: [
                Route(matchers: [LabelMatcher("severity", .equal("1"))], receivers: ["pager"]),
                Route(
                    matchers: [
                        LabelMatcher("announcement", .notEqual("")),
                        LabelMatcher("emergency", .equal("true")),
                    ],
                    receivers: ["pager", "mail", "chat", "mail"]
                ),
            ]
        ),
        alertsOnly: ["pager"]
    )

    @Test func `announcements go down the same tree as alerts, but not to those who know alerts only`() {
        #expect(Self.routes.receivers(for: Self.announcement(), at: Self.noon) == ["chat"])
        let emergency = Self.announcement(isEmergency: true)
        #expect(Self.routes.receivers(for: emergency, at: Self.noon) == ["mail", "chat"])
    }

    @Test func `without routes everybody hears of them who can`() {
        let routes = Routes(receivers: ["chat", "pager"], alertsOnly: ["pager"])
        #expect(routes.receivers(for: Self.announcement(), at: Self.noon) == ["chat"])
        let nobody = Routes(receivers: ["pager"], alertsOnly: ["pager"])
        #expect(nobody.receivers(for: Self.announcement(), at: Self.noon).isEmpty)
    }

    @Test func `what no route has a receiver for goes to the fallback`() {
        let routes = Routes(receivers: ["chat", "mail"], root: Route(), fallback: ["mail"])
        #expect(routes.receivers(for: Self.announcement(), at: Self.noon) == ["mail"])
    }

    // MARK: The keeper

    @Test func `it is stored and put into the outbox at once, in one commit`() async throws {
        let harness = KeeperHarness(routes: Self.routes)
        let run = harness.world.start { await harness.keeper.run() }
        let announced = harness.world.start {
            try await harness.keeper.announce(
                Self.announcement(isEmergency: true),
                at: harness.world.timekeeper.now
            )
        }
        #expect(try await harness.world.finish(announced) == ["mail", "chat"])
        let notices = await harness.store.outbox.map(\.notice)
        #expect(notices.map(\.receiver) == ["mail", "chat"])
        #expect(notices.allSatisfy { $0.kind == .announcement && $0.subjectKey == "deployment-2.0.4" })
        #expect(await harness.store.commitCount == 1)
        let kept = try await harness.store.announcements(since: .epoch, limit: 10)
        #expect(kept == notices.prefix(1).compactMap(\.announcement))
        #expect(kept.first?.wording.title == "Emergency deployment 2.0.4 to production begins")
        await harness.keeper.stop()
        try await harness.world.finish(run)
    }

    @Test func `nobody is told of what could not be stored`() async throws {
        let harness = KeeperHarness(routes: Self.routes)
        await harness.store.fail([.commit])
        let run = harness.world.start { await harness.keeper.run() }
        let announced = harness.world.start {
            try await harness.keeper.announce(Self.announcement(), at: harness.world.timekeeper.now)
        }
        await #expect(throws: MemoryStoreError.self) { try await harness.world.finish(announced) }
        #expect(await harness.store.outbox.isEmpty)
        await harness.keeper.stop()
        try await harness.world.finish(run)
    }

    // MARK: Stored documents

    @Test func `it comes back from its document as it was`() throws {
        for stage in Announcement.Stage.allCases {
            var announcement = Self.announcement(stage, .incident(7), environment: nil, isEmergency: true)
            announcement.plannedFor = Self.noon
            announcement.wording = Announcement.Wording(title: "a", text: "b\n\u{0}", next: "c")
            #expect(try Announcement(document: announcement.document) == announcement)
            var generator = SeededGenerator(seed: 1)
            let notice = Notice(
                id: NoticeID(at: Self.noon, using: &generator),
                receiver: "chat",
                announcement: announcement,
                createdAt: Self.noon
            )
            #expect(try Notice(document: notice.document) == notice)
        }
    }

    @Test(arguments: ["topic", "name", "stage", "at", "author", "emergency"])
    func `a document without one of its members is refused`(member: String) throws {
        guard case .object(var members) = Self.announcement().document else { return }
        members[member] = nil
        #expect(throws: DocumentError.self) { try Announcement(document: .object(members)) }
    }

    // MARK: Incidents

    @Test func `an incident shows what was announced of it, and the deployments around it`() throws {
        var story = IncidentStory()
        let down = IncidentStory.id("backend-down")
        story.fire(down, at: 0)
        story.row(down, summary: "Backend is down")
        story.resolve(down, at: 600)
        let incident = try #require(story.records.incidents.first)
        let all: [(Announcement, Bool)] = [
            (Self.announcement(at: IncidentStory.time(-1801)), false),
            (Self.announcement(at: IncidentStory.time(-1800)), true),
            (Self.announcement(environment: "staging", at: IncidentStory.time(10)), false),
            (Self.announcement(environment: nil, at: IncidentStory.time(20)), true),
            (Self.announcement(.document, .incident(incident.number), at: IncidentStory.time(5000)), true),
            (Self.announcement(.document, .incident(incident.number + 9), at: IncidentStory.time(30)), false),
            (Self.announcement(.watch, at: IncidentStory.time(601)), false),
        ]
        story.records.announcements = all.map(\.0)
        let now = IncidentStory.time(6000)
        let timeline = IncidentTimeline(of: incident, in: story.records, at: now)
        let shown = timeline.events.compactMap { event in
            if case .announced(let announcement) = event.happening { announcement } else { nil }
        }
        #expect(shown == all.filter(\.1).map(\.0))
        let document = IncidentDocument(incident, timeline, zone: .utc, at: now).markdown
        #expect(document.contains("- [x] Document issue and fix in the git commit"))
        #expect(document.contains("- [ ] Update this document"))
    }
}
