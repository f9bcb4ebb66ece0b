import Testing
import YAML

struct MeaningTests {
    @Test func orderOfKeysIndentationQuotesAndCommentsDoNotCount() {
        let a = tree("at: 0x10\nunit: A\nlist: [x, 'y']\nmap: {1: a, 0x02: b}\noff: ~\n")
        let b = tree(
            "# same\nmap:\n      \"0x2\": b\n      1: a\nlist:\n- \"x\"\n- y\noff:\nunit: >-\n   A\n'at': \"0x10\"\n")
        #expect(a.sameMeaning(as: b))
        #expect(b.sameMeaning(as: a))
    }

    @Test(arguments: [
        ("a: 1", "a: 2"), ("a: 1", "b: 1"), ("a: 1", "a: 1\nb: 2"), ("[a, b]", "[b, a]"), ("[a]", "[a, a]"),
        ("a: ~", "a: '~'"), ("a:", "a: ''"), ("a: []", "a: {}"), ("a: 16", "a: 0x10"), ("a: [x]", "a: x"),
        ("{a: {b: 1}}", "{a: {b: 2}}"),
    ])
    func differentValuesDiffer(a: String, b: String) {
        #expect(!tree(a).sameMeaning(as: tree(b)))
        #expect(!tree(b).sameMeaning(as: tree(a)))
        #expect(tree(a).sameMeaning(as: tree(a)))
    }

    @Test func aDocumentWithItsKeysReversedMeansTheSame() {
        func reversed(_ node: Node) -> Node {
            switch node.content {
            case .scalar(let scalar):
                let style: Scalar.Style = scalar.isNull ? .plain : .doubleQuoted
                return Node(mark: Mark(line: 9, column: 9), content: .scalar(Scalar(scalar.text, style: style)))
            case .sequence(let nodes): return Node(mark: node.mark, content: .sequence(nodes.map(reversed)))
            case .mapping(let pairs):
                return Node(
                    mark: node.mark, content: .mapping(pairs.reversed().map { (reversed($0.key), reversed($0.value)) }))
            }
        }
        let root = tree(profile)
        #expect(root.mapping?.count == 9)
        #expect(root.sameMeaning(as: reversed(root)))
    }
}
