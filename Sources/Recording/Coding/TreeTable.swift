/// What the trees of one segment have in common: texts, forms of records, the clock.
final class TreeTable {
    /// The longest text there may be, in bytes.
    static let longestText = 65_535

    /// So many fields of records there may be in a segment; a thousand boxes need some 100,000.
    static let mostPlaces = 1_000_000

    private(set) var texts: [String] = []
    /// The names of the fields of every form, as numbers of texts.
    private(set) var forms: [[Int]] = []
    private var numbers: [String: Int] = [:]
    private var formNumbers: [[Int]: Int] = [:]

    var places = 0
    var clock: Int64 = 0
    var step: Int64 = 0
    /// The newest number of every name.
    var newest: [Int64] = []
    /// The number coded before.
    var before: Int64 = 0

    var clockModel = NumberModel()
    var lengthModel = NumberModel()
    var formModel = NumberModel()
    var formIsKnown = Probability()
    let nameModel = TreeModel()

    /// Names of fields are texts too; the name of what has none is the first.
    init() { add("") }

    /// The number of a text; nil if it is new.
    func number(of text: String) -> Int? { numbers[text] }

    /// Takes up a text; of two equal ones, which only damaged bytes hold, the first counts.
    func add(_ text: String) {
        if numbers[text] == nil { numbers[text] = texts.count }
        texts.append(text)
        newest.append(0)
    }

    /// Whether `fields` have the names of the form `form`.
    func isForm(_ form: Int, _ fields: [Tree.Field]) -> Bool {
        let names = forms[form]
        return names.count == fields.count && names.indices.allSatisfy { texts[names[$0]] == fields[$0].key }
    }

    /// The form with the names of `fields`; nil if it is new.
    func form(of fields: [Tree.Field]) -> Int? {
        var names: [Int] = []
        for field in fields {
            guard let number = numbers[field.key] else { return nil }
            names.append(number)
        }
        return formNumbers[names]
    }

    /// Takes up a form.
    func add(form names: [Int]) -> Int {
        forms.append(names)
        formNumbers[names] = forms.count - 1
        return forms.count - 1
    }
}
