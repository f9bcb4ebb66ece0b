extension CBORValue {
    /// A payload with numbers for the names, the texts of enumerations and the moments that its rules know.
    ///
    /// Throws the path of a property that the rules want as a text and that is a number: a reader would take that number
    /// for a text's.
    init(_ object: JSONObject, _ rule: ObjectRule?) throws(Violation) {
        var entries: [Entry] = []
        entries.reserveCapacity(object.members.count)
        for member in object.members {
            let kind = rule?.kind(of: member.name)
            let key = PropertyNumbers.number(of: member.name).map { CBORValue($0) } ?? .text(member.name)
            do throws(Violation) {
                entries.append(Entry(key: key, value: try CBORValue(member.value, kind)))
            } catch {
                throw error.inside(member.name)
            }
        }
        self = .map(entries)
    }

    private init(_ value: JSONValue, _ kind: FieldRule.Kind?) throws(Violation) {
        switch (value, kind) {
        case (.string(let text), .oneOf(let enumeration)?):
            self = enumeration.position(of: text).map { CBORValue($0) } ?? .text(text)
        case (.string(let text), .timestamp?): self = CBORValue(moment: text)
        case (.number, .oneOf?), (.number, .timestamp?):
            throw Violation(path: "", fault: .wrongType(expected: kind?.expected ?? "", found: value.kind))
        case (.object(let object), .object(let rule)?): self = try CBORValue(object, rule)
        case (.object(let object), _): self = try CBORValue(object, nil)
        case (.array(let elements), _): self = .array(try CBORValue.elements(elements, kind?.element))
        case (.string(let text), _): self = .text(text)
        case (.number(let number), _): self = CBORValue(number)
        case (.bool(let value), _): self = .bool(value)
        case (.null, _): self = .null
        }
    }

    private static func elements(
        _ elements: [JSONValue], _ kind: FieldRule.Kind?
    ) throws(Violation) -> [CBORValue] {
        var values: [CBORValue] = []
        values.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            do throws(Violation) {
                values.append(try CBORValue(element, kind))
            } catch {
                throw error.inside("[\(place)]")
            }
        }
        return values
    }

    /// A moment written as we write it becomes a number; any other text stays as it is.
    private init(moment text: String) {
        guard let moment = Timestamp(text), moment.description == text else {
            self = .text(text)
            return
        }
        self =
            moment.milliseconds.isMultiple(of: 1000)
            ? .tagged(CBORTag.epoch, CBORValue(moment.milliseconds / 1000))
            : CBORValue(decimal: moment.milliseconds, exponent: -3)
    }

    private init(_ number: JSONNumber) {
        self = number.integer.map { CBORValue($0) } ?? CBORValue(decimal: number.significand, exponent: number.exponent)
    }

    private init(decimal mantissa: Int, exponent: Int) {
        self = .tagged(CBORTag.decimalFraction, .array([CBORValue(exponent), CBORValue(mantissa)]))
    }
}

extension FieldRule.Kind {
    var element: FieldRule.Kind? { if case .list(let kind, _) = self { kind } else { nil } }
}
