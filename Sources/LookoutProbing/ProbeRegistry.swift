package import LookoutSettings

/// The probe types that there are.
package struct ProbeRegistry: Sendable {
    package let types: [any ProbeType.Type]

    package init(_ types: [any ProbeType.Type]) {
        self.types = types
    }

    package var names: [String] { types.map { $0.name } }

    package func type(named name: String) -> (any ProbeType.Type)? {
        types.first { $0.name == name }
    }
}

/// A probe with its settings, ready to run.
package struct ConfiguredProbe: Sendable {
    package let typeName: String
    package let run: @Sendable (ProbeContext) async -> ProbeResult

    package init(_ probe: some ProbeType) {
        typeName = type(of: probe).name
        run = { await probe.run($0) }
    }
}

extension ProbeType {
    /// Reads the settings and makes the probe; nil after reporting what is wrong with them.
    package static func configured(
        _ node: SettingsNode,
        _ context: inout SettingsContext
    ) -> ConfiguredProbe? {
        Settings(node, &context).map { ConfiguredProbe(Self(settings: $0)) }
    }

    package static var settingsShape: Shape { Settings.shape }
}
