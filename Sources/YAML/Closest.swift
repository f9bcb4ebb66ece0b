/// The word nearest to a misspelt one, for "did you mean"; nil if none is near enough.
///
/// Distance is Damerau-Levenshtein with neighbouring letters swapped counting one; a difference in case, or between `_`
/// `-` `.` and blank, counts a fifth. Allowed is one edit for every three letters of the longer word, at least one. Of
/// two equally near the alphabetically first is taken, so the answer does not depend on the order of `candidates`.
public func closest(to word: String, among candidates: [String]) -> String? {
    let letters = Array(word.unicodeScalars)
    guard !letters.isEmpty, letters.count <= longestWord else { return nil }
    var best: (distance: Int, word: String)?
    for candidate in candidates where candidate != word {
        let other = Array(candidate.unicodeScalars)
        let longer = max(letters.count, other.count)
        guard !other.isEmpty, longer <= longestWord else { continue }
        let distance = editDistance(letters, other)
        guard distance <= fullEdit * max(1, (longer + 1) / 3), distance < fullEdit * longer else { continue }
        if let found = best, (found.distance, found.word) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.word
}

/// Longer words are no keys of ours, and the table grows with the square.
private let longestWord = 64
private let fullEdit = 5
private let slightEdit = 1

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = (0...b.count).map { $0 * fullEdit }
    for i in a.indices {
        var row = [(i + 1) * fullEdit]
        for j in b.indices {
            var cost = min(last[j + 1] + fullEdit, row[j] + fullEdit, last[j] + replacing(a[i], b[j]))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j], a[i] != b[j] {
                cost = min(cost, beforeLast[j - 1] + fullEdit)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}

private func replacing(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Int {
    if a == b { return 0 }
    let separators: Set<Unicode.Scalar> = ["_", "-", ".", " "]
    if separators.contains(a), separators.contains(b) { return slightEdit }
    return a.properties.lowercaseMapping == b.properties.lowercaseMapping ? slightEdit : fullEdit
}
