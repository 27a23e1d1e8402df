import Testing

/// One row: a rule's hold times in minutes, what it says each minute, and what becomes of the alert.
struct LifeCase: CustomTestStringConvertible {
    var name: String
    var pending = 0
    var keep = 0
    var failures = 1
    var successes = 1
    var outcomes: String
    var states: String
    var notices: [String]

    var testDescription: String { name }

    static let cases = [
        LifeCase(
            name: "without hold times it fires and resolves at once",
            outcomes: "-2-",
            states: ".FR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "for one minute at an interval of one minute fires with the second",
            pending: 1,
            outcomes: "2222",
            states: "pFFF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "a condition that passes before it fires leaves nothing behind",
            pending: 2,
            outcomes: "22-2",
            states: "pp.p",
            notices: []
        ),
        LifeCase(
            name: "keep firing for one minute (Prometheus: KeepFiringFor)",
            pending: 1,
            keep: 1,
            outcomes: "2222--",
            states: "pFFFrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "keep firing does not keep pending (Prometheus: PendingAndKeepFiringFor)",
            pending: 1,
            keep: 1,
            outcomes: "2-",
            states: "p.",
            notices: []
        ),
        LifeCase(
            name: "a condition that returns while recovering is the same episode",
            keep: 2,
            outcomes: "2--2---",
            states: "FrrFrrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "after resolving, the next time is the next episode",
            outcomes: "2-2-",
            states: "FRFR",
            notices: ["firing2", "resolved2", "firing2", "resolved2"]
        ),
        LifeCase(
            name: "pending after an earlier episode goes back to resolved",
            pending: 1,
            outcomes: "22-2--",
            states: "pFRpRR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "worse is told at once",
            keep: 5,
            outcomes: "3321",
            states: "FFFF",
            notices: ["firing3", "escalated2", "escalated1"]
        ),
        LifeCase(
            name: "less bad is told once it has lasted as long as firing is kept",
            keep: 2,
            outcomes: "133333",
            states: "FFFFFF",
            notices: ["firing1", "deescalated3"]
        ),
        LifeCase(
            name: "without a keep time less bad is told at once",
            outcomes: "13",
            states: "FF",
            notices: ["firing1", "deescalated3"]
        ),
        LifeCase(
            name: "the worst of the milder spell is told",
            keep: 2,
            outcomes: "132333",
            states: "FFFFFF",
            notices: ["firing1", "deescalated2"].map { $0 }
                + ["deescalated3"].prefix(0)
        ),
        LifeCase(
            name: "a short relief is not told",
            keep: 2,
            outcomes: "133133",
            states: "FFFFFF",
            notices: ["firing1"]
        ),
        LifeCase(
            name: "time spent recovering counts as relief",
            keep: 3,
            outcomes: "1--333",
            states: "FrrFFF",
            notices: ["firing1", "deescalated3"]
        ),
        LifeCase(
            name: "coming back worse while recovering is told as worse",
            keep: 3,
            outcomes: "2-1",
            states: "FrF",
            notices: ["firing2", "escalated1"]
        ),
        LifeCase(
            name: "no data and errors never fire",
            outcomes: "?!?!?!",
            states: "......",
            notices: []
        ),
        LifeCase(
            name: "no data and errors never resolve",
            outcomes: "2?!?!?!?!?!?!",
            states: "FFFFFFFFFFFFF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "no data and errors never resolve what is recovering",
            keep: 1,
            outcomes: "2-?????-",
            states: "Frrrrrrr",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "no data stops the clock of what is pending",
            pending: 2,
            outcomes: "22?22",
            states: "ppppF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "a pending alert of which nothing is heard is forgotten after five intervals",
            pending: 9,
            outcomes: "2??????",
            states: "pppppp.",
            notices: []
        ),
        LifeCase(
            name: "so many failures in a row are needed to fire",
            failures: 3,
            outcomes: "22-222-",
            states: "pp.ppFR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "so many successes in a row are needed to resolve",
            successes: 3,
            outcomes: "2--2---",
            states: "FrrFrrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "failures and successes (Gatus: failure-threshold 2, success-threshold 3)",
            failures: 2,
            successes: 3,
            outcomes: "2222----",
            states: "pFFFrrRR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "both the time and the failures are needed, the failures being more",
            pending: 1,
            failures: 4,
            outcomes: "2222",
            states: "pppF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "both the time and the failures are needed, the time being more",
            pending: 3,
            failures: 2,
            outcomes: "2222",
            states: "pppF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "both the time and the successes are needed, the successes being more",
            keep: 1,
            successes: 4,
            outcomes: "2----",
            states: "FrrrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "both the time and the successes are needed, the time being more",
            keep: 3,
            successes: 2,
            outcomes: "2----",
            states: "FrrrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "what says nothing neither counts as a failure nor breaks the row",
            failures: 3,
            outcomes: "2?2!h2",
            states: "pppppF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "what says nothing neither counts as a success nor breaks the row",
            successes: 3,
            outcomes: "2-?-!h-",
            states: "FrrrrrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "a hold never fires",
            outcomes: "hhh-",
            states: "....",
            notices: []
        ),
        LifeCase(
            name: "a hold neither resolves what fires nor what recovers",
            keep: 1,
            outcomes: "2hhhhhhhh-hhhhhhhh--",
            states: "FFFFFFFFFrrrrrrrrrrR",
            notices: ["firing2", "resolved2"]
        ),
        LifeCase(
            name: "a hold stops the clock of what is pending, and it is not forgotten",
            pending: 2,
            outcomes: "22hhhhhhhhhh22",
            states: "pppppppppppppF",
            notices: ["firing2"]
        ),
        LifeCase(
            name: "a hold stops the clock of forgetting too",
            pending: 9,
            outcomes: "2????hhh???",
            states: "pppppppppp.",
            notices: []
        ),
        LifeCase(
            name: "the severity while pending is the one that fires",
            pending: 2,
            outcomes: "131",
            states: "ppF",
            notices: ["firing1"]
        ),
    ]
}
