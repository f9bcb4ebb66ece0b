/// Writes and reads trees one after the other, each as what is not as expected from those before.
///
/// Every place in the trees has a ``TreePosition`` with the last value there, and shares a ``TreeModel`` of what values of its
/// kind are like. A number is expected to be as before, to move with the clock, to be like the last number of its name, or
/// like the number before it; which of these was best of late decides. The coder never fails on what it reads:
/// `isDamaged` tells.
struct TreeCoder<Bits: BitCoder> {
    var bits: Bits
    let table: TreeTable
    private(set) var isDamaged = false
    /// How many values may still come: damaged bytes must not fill the memory.
    private var budget = 1_000_000

    init(_ bits: Bits, _ table: TreeTable) {
        self.bits = bits
        self.table = table
    }

    /// Codes the clock, which goes on about evenly.
    mutating func clock(_ given: Int64) -> Int64 {
        let expected = table.clock &+ table.step
        let miss = table.clockModel.code(UInt64(zigzag: given &- expected), &bits)
        let now = expected &+ miss.unzigzagged
        table.step = now &- table.clock
        table.clock = now
        return now
    }

    /// Codes one tree at the place `position`.
    mutating func tree(_ given: Tree, _ position: TreePosition) -> Tree { tree(given, position, nil, 0) }

    /// Codes a flag.
    mutating func flag(_ given: Bool, _ probability: inout Probability) -> Bool { bits.bit(given, &probability) }

    private mutating func tree(_ given: Tree, _ position: TreePosition, _ list: TreePosition?, _ depth: Int) -> Tree {
        budget -= 1
        if depth > Tree.deepest || budget < 0 || bits.isExhausted { isDamaged = true }
        if isDamaged { return .absent }
        if case .int = position.last {
        } else if bits.bit(!Bits.reads && given == position.last, &position.isSame) {
            return position.last
        }
        let kind = kind(given.kind, position)
        let tree: Tree
        switch kind {
        case .absent: tree = .absent
        case .bool:
            let value = if case .bool(let value) = given { value } else { false }
            tree = .bool(bits.bit(value, &position.model.truth))
        case .int:
            let value: Int64 = if case .int(let value) = given { value } else { 0 }
            tree = .int(number(value, position))
        case .large:
            let value: UInt64 = if case .large(let value) = given { value } else { 0 }
            tree = .large(bits.plain(value, count: 64))
        case .double:
            let value: UInt64 = if case .double(let value) = given { value } else { 0 }
            tree = .double(bits: bits.plain(value, count: 64))
        case .text: tree = .text(text(given.text ?? "", position.model))
        case .list: tree = .list(elements(given.elements, position, depth))
        case .record: tree = .record(record(given.fields, position, list, depth))
        case .map: tree = .map(map(given.fields, position, depth))
        }
        position.last = tree
        return tree
    }

    private mutating func kind(_ given: Tree.Kind, _ position: TreePosition) -> Tree.Kind {
        let last = position.last.kind
        let before = last.rawValue << 4
        if bits.bit(!Bits.reads && given == last, &position.model.kinds[before]) { return last }
        var node = 1
        for place in stride(from: 3, through: 0, by: -1) {
            let bit = bits.bit(given.rawValue >> place & 1 == 1, &position.model.kinds[before | node])
            node = node << 1 | (bit ? 1 : 0)
        }
        if let kind = Tree.Kind(rawValue: node & 15) { return kind }
        isDamaged = true
        return .absent
    }

    private mutating func number(_ given: Int64, _ position: TreePosition) -> Int64 {
        let predictions = SIMD4(
            position.number, position.number &+ (table.clock &- position.clock), table.newest[position.name],
            table.before)
        let expected = predictions[position.misses.best]
        var value = expected
        if !bits.bit(given == expected, &position.isSame) {
            // It is not what was expected, so that the smallest miss is 1 or -1.
            let miss = position.model.number.code(UInt64(zigzag: given &- expected) &- 1, &bits) &+ 1
            value = expected &+ miss.unzigzagged
        }
        position.misses.learn(predictions, value)
        position.model.misses.learn(predictions, value)
        position.number = value
        position.clock = table.clock
        table.newest[position.name] = value
        table.before = value
        return value
    }

    private mutating func text(_ given: String, _ model: TreeModel) -> String {
        let known = Bits.reads ? nil : table.number(of: given)
        if bits.bit(known != nil, &model.isKnown) {
            let index = Int(truncatingIfNeeded: model.index.code(UInt64(known ?? 0), &bits))
            if table.texts.indices.contains(index) { return table.texts[index] }
            isDamaged = true
            return ""
        }
        let text = newText(given)
        table.add(text)
        return text
    }

    private mutating func newText(_ given: String) -> String {
        let utf8 = Array(given.utf8)
        let count = Int(truncatingIfNeeded: table.lengthModel.code(UInt64(utf8.count), &bits))
        guard (0...TreeTable.longestText).contains(count) else {
            isDamaged = true
            return ""
        }
        var bytes: [UInt8] = []
        for place in 0..<count where !bits.isExhausted {
            bytes.append(UInt8(truncatingIfNeeded: bits.plain(Bits.reads ? 0 : UInt64(utf8[place]), count: 8)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func count(_ given: Int, _ model: TreeModel, expected: Int) -> Int {
        let miss = model.count.code(UInt64(zigzag: Int64(given - expected)), &bits)
        let count = Int64(expected) &+ miss.unzigzagged
        guard (0...Int64(budget)).contains(count) else {
            isDamaged = true
            return 0
        }
        return Int(count)
    }
}

extension TreeCoder {
    private mutating func elements(_ given: [Tree], _ position: TreePosition, _ depth: Int) -> [Tree] {
        let count = count(given.count, position.model, expected: position.last.elements.count)
        var elements: [Tree] = []
        var before = -1
        for index in 0..<count where !isDamaged {
            let place = position.element(index)
            if let next = position.successor(of: before) { place.form = next }
            elements.append(tree(index < given.count ? given[index] : .absent, place, position, depth + 1))
            position.follow(before, place.form)
            before = place.form
        }
        return elements
    }

    /// A record with one field is a case of an enumeration: in a list, what came last with the same case tells more than
    /// what stood at the same place.
    private mutating func record(
        _ given: [Tree.Field], _ position: TreePosition, _ list: TreePosition?, _ depth: Int
    ) -> [Tree.Field] {
        let form = form(given, position)
        guard !isDamaged else { return [] }
        position.form = form
        let names = table.forms[form]
        let owner = names.count == 1 ? list ?? position : position
        guard let places = owner.fields(form) ?? add(form, names, to: owner) else { return [] }
        var fields: [Tree.Field] = []
        fields.reserveCapacity(names.count)
        for index in names.indices where !isDamaged {
            let value = index < given.count ? given[index].value : .absent
            fields.append(Tree.Field(table.texts[names[index]], tree(value, places[index], nil, depth + 1)))
        }
        return fields
    }

    private mutating func add(_ form: Int, _ names: [Int], to owner: TreePosition) -> [TreePosition]? {
        table.places += names.count
        isDamaged = isDamaged || table.places > TreeTable.mostPlaces
        return isDamaged ? nil : owner.addFields(form, names)
    }

    private mutating func form(_ given: [Tree.Field], _ position: TreePosition) -> Int {
        let model = position.model
        let isExpected = position.form >= 0 && !Bits.reads && table.isForm(position.form, given)
        if position.form >= 0, bits.bit(isExpected, &model.isExpected) { return position.form }
        let known = Bits.reads ? nil : table.form(of: given)
        if bits.bit(known != nil, &table.formIsKnown) {
            let form = Int(truncatingIfNeeded: table.formModel.code(UInt64(known ?? 0), &bits))
            if table.forms.indices.contains(form) { return form }
            isDamaged = true
            return 0
        }
        let count = Int(truncatingIfNeeded: table.lengthModel.code(UInt64(given.count), &bits))
        guard (0...1000).contains(count) else {
            isDamaged = true
            return 0
        }
        var names: [Int] = []
        for index in 0..<count where !isDamaged {
            let name = text(index < given.count ? given[index].key : "", table.nameModel)
            names.append(table.number(of: name) ?? 0)
        }
        return table.add(form: names)
    }

    private mutating func map(_ given: [Tree.Field], _ position: TreePosition, _ depth: Int) -> [Tree.Field] {
        var new = Dictionary(given.map { ($0.key, $0.value) }) { _, last in last }
        var fields: [Tree.Field] = []
        for index in position.keys.indices where !isDamaged {
            let key = position.keys[index]
            let place = position.children[index]
            let value = new.removeValue(forKey: key)
            guard bits.bit(value != nil, &place.isPresent) else { continue }
            fields.append(Tree.Field(key, tree(value ?? .absent, place, nil, depth + 1)))
        }
        let added = given.filter { new[$0.key] != nil }
        let count = count(added.count, position.model, expected: 0)
        for index in 0..<count where !isDamaged {
            let key = text(index < added.count ? added[index].key : "", table.nameModel)
            let place = TreePosition(position.model.elements(), name: position.name)
            position.keys.append(key)
            position.children.append(place)
            let value = index < added.count ? added[index].value : .absent
            fields.append(Tree.Field(key, tree(value, place, nil, depth + 1)))
        }
        return fields.sorted { $0.key < $1.key }
    }
}
