import YAML

/// The tree of a text that is expected to be right; an empty value otherwise, which no test expects.
func tree(_ text: String) -> Node {
    YAMLReader.read(text).root ?? Node(mark: Mark(line: 0, column: 0), content: .scalar(Scalar("unreadable")))
}

/// Places and codes of the problems, as `2:5 P001`.
func places(_ text: String) -> [String] {
    YAMLReader.read(text).problems.map { "\($0.mark) \($0.code.rawValue)" }
}

/// The first problem's sentence, or nothing.
func message(_ text: String) -> String {
    YAMLReader.read(text).problems.first?.message ?? ""
}

/// A profile with everything the language uses: comments, block and flow style, quotes, folded and literal texts.
let profile = """
    # Wallbox für die Garage
    schema: profile/1
    id: cfos.power-brain
    title: "cFos Power Brain – Ölprüfung"
    notes: |
      Zweite Zeile: kein Schlüssel
        eingerückt
    help: >-
      one
      two
    products:
      - {brand: cFos, model: Power Brain}
      - brand: 'cFos'
        model: "Power\\u00A0Brain 2"
    points:
      current_limit: {at: 8093, scale: 0.1, unit: A, range: [6 A, option.rated_current]}
      state:
        at: 0x1F9C
        enum: {0: A, 1: B, 2: C, 3..4: E, other: no-data}
    control:
      charge:
        start: [current_limit, charging_allowed]
        stop:
        - charging_allowed
        off: ~
    tests:
    - name: stop
      command: {charge: off}
      expect_writes: []

    """
