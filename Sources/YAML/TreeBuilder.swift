/// Puts events together to a tree, with a stack of its own instead of recursion.
struct TreeBuilder {
    private var open: [Collection] = []
    private var root: Node?
    private var problems: [YAMLProblem] = []
    private var nodes = 0
    private var documents = 0
    private var rootIsWhole = true

    /// True when no further event is wanted.
    private(set) var isComplete = false

    /// The tree and the problems in the order of the text.
    var result: (root: Node?, problems: [YAMLProblem]) {
        let sorted = problems.sorted { $0.mark < $1.mark }
        guard rootIsWhole else { return (nil, sorted) }
        return (root ?? Node(mark: Mark(line: 1, column: 1), content: .scalar(Scalar(""))), sorted)
    }

    /// Ends the reading with a problem that leaves no tree.
    mutating func stop(_ problem: YAMLProblem) {
        problems.append(problem)
        rootIsWhole = false
        isComplete = true
    }

    mutating func stop(_ code: YAMLProblem.Code, _ mark: Mark, _ message: String) {
        stop(YAMLProblem(code: code, mark: mark, message: message))
    }

    mutating func take(_ event: ParseEvent) {
        refuseAnchorAndTag(of: event)
        switch event.kind {
        case .scalar(let scalar):
            count(at: event.mark)
            place(Node(mark: event.mark, content: .scalar(scalar)))
        case .sequenceStart: begin(Collection(mark: event.mark, isMapping: false))
        case .mappingStart: begin(Collection(mark: event.mark, isMapping: true))
        case .sequenceEnd, .mappingEnd:
            if let closed = open.popLast() { place(closed.node) }
        case .alias:
            rootIsWhole = false
            count(at: event.mark)
            place(Node(mark: event.mark, content: .scalar(Scalar("*" + (event.anchor ?? "")))))
        case .documentStart(let tagDirectives): beginDocument(at: event.mark, tagDirectives: tagDirectives)
        case .streamEnd: isComplete = true
        case .documentEnd, .streamStart: break
        }
    }

    private mutating func beginDocument(at mark: Mark, tagDirectives: Bool) {
        documents += 1
        if tagDirectives { report(.anchor, mark, "%TAG is not allowed; remove the line") }
        if documents > 1 { stop(.anchor, mark, "a second document begins here; one file holds one document") }
    }

    private mutating func refuseAnchorAndTag(of event: ParseEvent) {
        if let anchor = event.anchor {
            if case .alias = event.kind {
                report(.anchor, event.mark, "aliases (\(quoted("*" + anchor))) are not allowed; write the value out")
            } else {
                report(.anchor, event.mark, "anchors (\(quoted("&" + anchor))) are not allowed; remove it")
            }
        }
        if let tag = event.tag {
            let text = "tags (\(quoted(tag))) are not allowed; remove it, or quote a text that begins with '!'"
            report(.anchor, event.mark, text)
        }
    }

    private mutating func begin(_ collection: Collection) {
        count(at: collection.mark)
        open.append(collection)
        if open.count > YAMLReader.maximumDepth {
            stop(.aliasBomb, collection.mark, "nested deeper than \(YAMLReader.maximumDepth) levels")
        }
    }

    private mutating func count(at mark: Mark) {
        nodes += 1
        if nodes == YAMLReader.maximumNodes + 1 {
            stop(.aliasBomb, mark, "more than \(YAMLReader.maximumNodes) values")
        }
    }

    private mutating func place(_ node: Node) {
        guard !open.isEmpty else {
            if root == nil { root = node }
            return
        }
        guard let problem = open[open.count - 1].add(node) else { return }
        if problem.code == .anchor { rootIsWhole = false }
        problems.append(problem)
    }

    private mutating func report(_ code: YAMLProblem.Code, _ mark: Mark, _ message: String) {
        problems.append(YAMLProblem(code: code, mark: mark, message: message))
    }
}
