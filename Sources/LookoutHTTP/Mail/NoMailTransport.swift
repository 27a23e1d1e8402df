/// The way out for mail of a program that has none, such as a rehearsal.
package struct NoMailTransport: MailTransport {
    package init() {}

    package func send(_ mail: MailSubmission) async throws(MailError) -> MailReceipt {
        throw .transfer(TransferError(.local, "this program sends no mail"), at: nil)
    }
}
