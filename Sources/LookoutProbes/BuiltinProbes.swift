package import LookoutProbing

extension ProbeRegistry {
    /// The probe types that come with Lookout: a new one is a line here.
    package static let builtin = ProbeRegistry([
        HTTPProbe.self,
        CORSProbe.self,
        WebSocketProbe.self,
        PageProbe.self,
    ])
}
