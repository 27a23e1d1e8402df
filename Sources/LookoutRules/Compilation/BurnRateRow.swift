import LookoutModel
import LookoutSettings

/// One of the conditions that an objective is watched by: the error budget is spent so fast that a share
/// of it goes within a long window, and is still being spent so in a short one.
///
/// The short window, a twelfth of the long one, ends the alert soon after the fault. Shares and windows
/// are those of the SRE workbook and of sloth's catalogue, the week's those of the usual weekly rows.
struct BurnRateRow: Hashable, Sendable {
    let long: Duration
    let short: Duration
    /// So many times faster than it lasts the budget must be spent.
    let factor: Double
    /// How long the whole budget lasts at this factor.
    let exhaustion: Duration
    let isPage: Bool

    private init(share: Double, long: Duration, isPage: Bool, period: Duration) {
        self.long = long
        self.short = long / 12
        self.isPage = isPage
        exhaustion = .seconds((long / .seconds(1) / share).rounded())
        factor = (share * (period / long) * 1000).rounded() / 1000
    }

    /// The rows for an objective over a period, the fastest first.
    ///
    /// A budget that is spent more slowly than it lasts is no reason to alert, so a row whose factor comes
    /// to clearly less than 1 in a short period is left out, as is one that asks for more failures than
    /// there are samples.
    static func rows(for objective: ServiceLevelObjective) -> [BurnRateRow] {
        let shares = objective.period < .seconds(14 * 86_400) ? ofWeek : ofMonth
        return shares.map { share, hours, isPage in
            BurnRateRow(
                share: share,
                long: .seconds(hours * 3600),
                isPage: isPage,
                period: objective.period
            )
        }
        .filter { $0.factor >= slowestFactor && $0.factor * (100 - objective.objective) / 100 < 1 }
    }

    /// Four weeks have 0.93 in the slowest row.
    private static let slowestFactor = 0.9

    private typealias Share = (budget: Double, hours: Int, isPage: Bool)

    private static let ofMonth: [Share] = [
        (0.02, 1, true), (0.05, 6, true), (0.1, 24, false), (0.1, 72, false),
    ]
    private static let ofWeek: [Share] = [(0.1, 1, true), (0.2, 6, true), (0.4, 24, false)]
}
