extension DatabaseSchema {
    /// The form of `history.db`.
    ///
    /// A new migration is one file and one line here, at the end.
    static let history = DatabaseSchema(
        applicationID: 0x4C4B_4853,  // "LKHS"
        migrations: [
            .history001Samples
        ]
    )
}
