extension ObjectRule {
    /// The first property, here or in what is inside, that the rules do not know; nil if there is none.
    ///
    /// For a strict receiver; messages are decoded without it.
    public func unknownProperty(in object: JSONObject) -> Violation? {
        for member in object.members {
            guard let field = fields.first(where: { $0.name == member.name }) else {
                return Violation(path: member.name, fault: .unknownProperty)
            }
            if let violation = field.kind.unknownProperty(in: member.value) { return violation.inside(member.name) }
        }
        return nil
    }
}

extension FieldRule.Kind {
    fileprivate func unknownProperty(in value: JSONValue) -> Violation? {
        switch (self, value) {
        case (.object(let rule), .object(let object)): return rule.unknownProperty(in: object)
        case (.list(let kind, _), .array(let elements)):
            for (place, element) in elements.enumerated() {
                if let violation = kind.unknownProperty(in: element) { return violation.inside("[\(place)]") }
            }
            return nil
        default: return nil
        }
    }
}
