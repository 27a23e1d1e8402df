import LookoutModel

extension [Notice] {
    /// Whether some of these notices of a write that threw may be on the disk all the same.
    ///
    /// An alert's row says what was told, and was written with the notice or not at all; of an announcement there
    /// is no row.
    func mayBeKept(beside alerts: [Alert]) -> Bool {
        guard !isEmpty else { return false }
        let told = Dictionary(uniqueKeysWithValues: alerts.map { ($0.key, $0.told) })
        return contains { notice in
            guard let alert = notice.alert else { return true }
            return told[alert.key]?[notice.receiver] == alert.told[notice.receiver]
        }
    }
}
