/// One place in the trees of a recording, and what stood there last.
final class TreePosition {
    let model: TreeModel
    /// The number of the name of the field at this place.
    let name: Int
    var last = Tree.absent
    /// Whether the same stands there again.
    var isSame = Probability()
    var isPresent = Probability()
    var number: Int64 = 0
    /// When `number` was coded.
    var clock: Int64 = 0
    var misses: Misses
    /// The form of the last record.
    var form = -1
    /// The keys of a map, in the order in which they came up.
    var keys: [String] = []
    /// Elements of a list by place, values of a map in the order of `keys`.
    var children: [TreePosition] = []
    /// In a list: which form followed which, by the form before and 1.
    private var successors: [Int] = []
    /// A place sees few forms of records, most of them one.
    private var fields: [(form: Int, places: [TreePosition])] = []

    init(_ model: TreeModel, name: Int) {
        self.model = model
        self.name = name
        misses = model.misses
    }

    /// The places of the fields of a record of the form `form`; nil if no such record was here.
    func fields(_ form: Int) -> [TreePosition]? {
        for known in fields where known.form == form { return known.places }
        return nil
    }

    /// Makes the places of the fields of a record of the form `form`; `names` are their numbers.
    func addFields(_ form: Int, _ names: [Int]) -> [TreePosition] {
        let models = model.fields(form, count: names.count)
        let new = names.indices.map { TreePosition(models[$0], name: names[$0]) }
        fields.append((form, new))
        return new
    }

    /// Which form came last behind `form`; nil if none did.
    func successor(of form: Int) -> Int? { form + 1 < successors.count ? successors[form + 1] : nil }

    /// Takes note that `next` came behind `form`.
    func follow(_ form: Int, _ next: Int) {
        while successors.count <= form + 1 { successors.append(-1) }
        successors[form + 1] = next
    }

    /// The place of element `index` of a list.
    func element(_ index: Int) -> TreePosition {
        while children.count <= index { children.append(TreePosition(model.elements(), name: name)) }
        return children[index]
    }
}
