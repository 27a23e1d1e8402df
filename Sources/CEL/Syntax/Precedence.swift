/// How tightly a binary operator binds, loosest first.
enum Precedence: Int, Comparable {
    case or
    case and
    case relation
    case addition
    case multiplication
    case unary

    init?(_ symbol: Token.Symbol) {
        switch symbol {
        case .or: self = .or
        case .and: self = .and
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .in: self = .relation
        case .plus, .minus: self = .addition
        case .times, .divide, .modulo: self = .multiplication
        default: return nil
        }
    }

    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .unary }

    var logic: LogicOperator? {
        switch self {
        case .or: .or
        case .and: .and
        default: nil
        }
    }

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}
