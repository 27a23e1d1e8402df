import CCurl
import LookoutModel

/// How far a transfer has come.
enum TransferPhase: Comparable {
    case resolving
    case connecting
    case handshake
    case waiting
    case receiving
}

/// libcurl's running totals: each counts from the start of its hop, and sums up over redirects.
struct RunningTotals: Equatable {
    var lookup = Duration.zero
    var connect = Duration.zero
    var handshake = Duration.zero
    var firstByte = Duration.zero

    static func - (left: RunningTotals, right: RunningTotals) -> RunningTotals {
        RunningTotals(
            lookup: left.lookup - right.lookup,
            connect: left.connect - right.connect,
            handshake: left.handshake - right.handshake,
            firstByte: left.firstByte - right.firstByte
        )
    }
}

extension RunningTotals {
    init(_ easy: EasyHandle) {
        lookup = easy.duration(CURLINFO_NAMELOOKUP_TIME_T)
        connect = easy.duration(CURLINFO_CONNECT_TIME_T)
        handshake = easy.duration(CURLINFO_APPCONNECT_TIME_T)
        firstByte = easy.duration(CURLINFO_STARTTRANSFER_TIME_T)
    }
}

/// Makes the lengths of the phases from libcurl's running totals, hop by hop: a redirect from http
/// to https adds to all totals but to the handshake's, so differences of sums would be wrong.
struct PhaseClock {
    private(set) var atLastHop = RunningTotals()
    private var sum = Timings()

    /// Ends a hop: its first byte has come, and another one follows or the transfer ends.
    mutating func endHop(at totals: RunningTotals) {
        sum = adding(totals - atLastHop)
        atLastHop = totals
    }

    /// The phase of the current hop that was begun last.
    func phase(at totals: RunningTotals, isTLS: Bool) -> TransferPhase {
        let hop = totals - atLastHop
        return if hop.firstByte > .zero {
            .receiving
        } else if isTLS ? hop.handshake > .zero : hop.connect > .zero {
            .waiting
        } else if hop.connect > .zero {
            .handshake
        } else if hop.lookup > .zero {
            .connecting
        } else {
            .resolving
        }
    }

    /// The phases of all hops until now.
    ///
    /// A transfer that made no connection of its own has none of
    /// the phases before the first byte.
    func timings(at totals: RunningTotals, total: Duration, madeConnection: Bool) -> Timings {
        var timings = adding(totals - atLastHop)
        timings.total = total
        timings.transfer = totals.firstByte > .zero ? max(.zero, total - totals.firstByte) : nil
        if !madeConnection {
            timings.dns = nil
            timings.connect = nil
            timings.tls = nil
        }
        return timings
    }

    private func adding(_ hop: RunningTotals) -> Timings {
        var timings = sum
        if hop.lookup > .zero { timings.dns.add(hop.lookup) }
        if hop.connect > .zero { timings.connect.add(hop.connect - hop.lookup) }
        if hop.handshake > .zero { timings.tls.add(hop.handshake - hop.connect) }
        if hop.firstByte > .zero { timings.firstByte.add(hop.firstByte - max(hop.connect, hop.handshake)) }
        return timings
    }
}

extension Duration? {
    /// Adds to the length so far; a clock that libcurl rounded to the microsecond may give -1 µs.
    fileprivate mutating func add(_ length: Duration) {
        self = (self ?? .zero) + Swift.max(.zero, length)
    }
}
