import Testing

/// Everything here starts real processes; one at a time, so that they do not starve each other.
@Suite(.serialized) struct EndToEnd {}
