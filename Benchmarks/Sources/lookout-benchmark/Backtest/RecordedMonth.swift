import LookoutModel

/// A month of samples as twenty-five environments of the shipped rules' four probes leave behind: always
/// the same, with outages, errors, slow hours, deployments and single failures.
struct RecordedMonth {
    static let environments = (0..<25).map { "customer-\($0 < 10 ? "0" : "")\($0)" }
    static let interval = Duration.seconds(30)
    static let start = Timestamp(seconds: 1_790_000_000 / 86_400 * 86_400)

    private static let probes = [
        ("backend-health", "http"), ("api-cors", "cors"), ("chat-websocket", "websocket"),
        ("frontend", "page"),
    ]
    private static let ticksPerDay = 2880

    let days: Int

    static let checks: [Check] = environments.flatMap { environment in
        probes.map { probe, type in
            Check(
                id: CheckID(environment: environment, probe: probe),
                type: type,
                interval: interval,
                timeout: .seconds(10),
                attempts: 2
            )
        }
    }

    var range: Range<Timestamp> { Self.start..<Self.start + .seconds(86_400 * days) }

    var count: Int { Self.checks.count * days * Self.ticksPerDay }

    /// All samples of one day of one environment.
    func samples(ofDay day: Int, environment: Int) -> [Sample] {
        var samples: [Sample] = []
        samples.reserveCapacity(Self.probes.count * Self.ticksPerDay)
        for tick in 0..<Self.ticksPerDay {
            for (probe, _) in Self.probes.enumerated() {
                samples.append(sample(day: day, tick: tick, environment: environment, probe: probe))
            }
        }
        return samples
    }

    private func sample(day: Int, tick: Int, environment: Int, probe: Int) -> Sample {
        let check = Self.checks[environment * Self.probes.count + probe]
        let number = (day * Self.ticksPerDay + tick) * Self.checks.count + environment * 4 + probe
        let noise = Int((UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15) >> 44)
        var sample = Sample(
            check: check.id,
            startedAt: Self.start + .seconds(86_400 * day + 30 * tick)
                + .milliseconds(270 * probe + 11 * environment),
            outcome: .ok,
            timings: Self.timings(total: 120_000 + noise % 90_000),
            statusCode: 200,
            version: probe == 0 ? "2.\(day / 7).\(day % 7)" : nil
        )
        let trouble = Incident.at(tick: tick, day: day, environment: environment)
        trouble?.befall(&sample, probe: probe)
        if trouble == nil, noise % 2503 == 0 { Incident.outage.befall(&sample, probe: probe) }
        return sample
    }

    static func timings(total: Int) -> Timings {
        Timings(
            dns: .microseconds(total / 100),
            connect: .microseconds(total / 10),
            tls: .microseconds(total / 5),
            firstByte: .microseconds(total / 2),
            transfer: .microseconds(total / 20),
            total: .microseconds(total)
        )
    }
}

/// What goes wrong in the recorded month, on most days in each environment.
private enum Incident {
    case outage
    case errors
    case slowness

    /// What is going on in an environment: a quarter of an hour of each kind, at hours that differ.
    static func at(tick: Int, day: Int, environment: Int) -> Incident? {
        let hour = (day * 5 + environment * 7) % 22
        switch tick - hour * 120 {
        case 0..<30 where (day + environment) % 3 == 0: return .outage
        case 60..<75: return .errors
        case 120..<200 where day % 2 == 0: return .slowness
        default: return nil
        }
    }

    func befall(_ sample: inout Sample, probe: Int) {
        switch self {
        case .outage:
            guard probe != 3 else { return }
            sample.outcome = .failed(Failure(.connect, "connection refused by 203.0.113.7:443"))
            sample.timings = Timings(dns: .milliseconds(1), total: .milliseconds(40))
            sample.attempts = 2
            sample.statusCode = nil
            sample.version = nil
        case .errors:
            guard probe == 0 else { return }
            sample.outcome = .failed(Failure(.status, "503 Service Unavailable; 200 to 299 was expected"))
            sample.statusCode = 503
            sample.version = nil
        case .slowness:
            guard probe == 0 || probe == 3 else { return }
            sample.timings = RecordedMonth.timings(total: 3_400_000)
        }
    }
}
