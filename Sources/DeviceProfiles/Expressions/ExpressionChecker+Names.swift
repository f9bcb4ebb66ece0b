import DriverAPI
import YAML

extension ExpressionChecker {
    /// A name in a place where no member is meant.
    func named(_ name: String, _ offset: Int) throws(Failure) -> Checked {
        if name.hasSuffix(".*") { throw Failure(fault: .lanesOutsideFunction(name), offset: offset) }
        let reference = Expression.Reference(name: name)
        if let type = context.type(of: reference) { return .init(expression: .name(reference), type: type) }
        switch reference {
        case .value, .command, .told: throw Failure(fault: .nameNotHere(name), offset: offset)
        default: throw Failure(fault: unknown(name), offset: offset)
        }
    }

    private func unknown(_ name: String) -> ExpressionFault {
        for i in name.indices where name[i] == "-" {
            let (left, right) = (String(name[..<i]), String(name[name.index(after: i)...]))
            if isKnown(left), isKnown(right) || Exact(text: right) != nil { return .minusNeedsBlanks(name) }
        }
        return .name(name, nearest: closest(to: name, among: context.names))
    }

    private func isKnown(_ name: String) -> Bool { context.type(of: .init(name: name)) != nil }

    /// The points of `name.*`, and their common type.
    func lanes(_ name: String, _ offset: Int) throws(Failure) -> Checked {
        let names = context.lanes(of: String(name.dropLast(2)))
        guard !names.isEmpty else {
            let families = Set(context.names.compactMap { name in name.lastIndex(of: ".").map { name[..<$0] + ".*" } })
            let nearest = closest(to: name, among: families.map(String.init))
            throw Failure(fault: .name(name, nearest: nearest), offset: offset)
        }
        var type = ExpressionType.unknown
        for lane in names {
            guard let next = context.type(of: .point(lane)) else { continue }
            guard let common = type.common(with: next) else {
                throw Failure(fault: .mismatch(name, type, next), offset: offset)
            }
            type = common
        }
        return .init(expression: .name(.lanes(names)), type: type)
    }

    /// The members of a name that stands on one side of a comparison, none when they are not known for a problem of
    /// its own; nil for everything without members.
    func owner(_ syntax: Syntax) -> MemberOwner? {
        guard case .name(let name) = syntax.form else { return nil }
        switch context.type(of: .init(name: name)) {
        case .member(let members): return MemberOwner(name: name, members: members)
        case .unknown: return MemberOwner(name: name, members: nil)
        default: return nil
        }
    }

    /// The other side of a name with members: a bare word is a member here, everything else what it always is.
    func memberOrValue(_ syntax: Syntax, of owner: MemberOwner) throws(Failure) -> Checked {
        let word: String
        switch syntax.form {
        case .name(let name): word = name
        case .numberedWord(let whole, _, _): word = whole
        case .number(_, _, word: let whole?) where owner.members?.contains(whole) == true: word = whole
        case .text(let text) where owner.members?.contains(text) == true:
            throw Failure(fault: .quotedMember(text), offset: syntax.offset)
        default: return try check(syntax)
        }
        guard let members = owner.members else {
            if isKnown(word) { return try check(syntax) }
            return .init(expression: .literal(.member(word)), type: .unknown)
        }
        guard members.contains(word) else {
            let fault = ExpressionFault.member(
                word, of: owner.name, members: members, nearest: closest(to: word, among: members))
            throw Failure(fault: fault, offset: syntax.offset)
        }
        return .init(expression: .literal(.member(word)), type: .member(members))
    }
}

/// A name with members beside a word that may be one of them.
struct MemberOwner {
    /// The name.
    var name: String
    /// Its members; nil when its own definition has a problem.
    var members: [String]?
}
