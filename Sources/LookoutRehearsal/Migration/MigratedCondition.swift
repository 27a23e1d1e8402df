/// What a Gatus condition becomes.
enum MigratedCondition: Hashable {
    /// A CEL condition that is true when the endpoint is well, and where Gatus would judge otherwise.
    case expression(String, notes: [String])
    /// The probe's own business: its status codes, or that it answers at all.
    case ofProbe(notes: [String])
    /// It cannot be said in Lookout; why not.
    case unsupported(String)
}
