import LoadManagement

/// Rules 2 and 3 done literally and slowly: everybody's minimum by priority and queue, then class by class the lowest box
/// one step, ties by queue, until nobody can be raised.
func sharedStepByStep(_ input: AllocationInput) -> [Int] {
    let limits = LinearLimits(input)
    let boxes = input.boxes
    var current = [Int](repeating: 0, count: boxes.count)
    let order = boxes.indices.sorted {
        (-boxes[$0].priority, boxes[$0].queue) < (-boxes[$1].priority, boxes[$1].queue)
    }
    for box in order where boxes[box].minimum <= boxes[box].maximum {
        current[box] = boxes[box].minimum
        if !limits.hold(current, countingOnly: box) { current[box] = 0 }
    }
    for priority in Set(boxes.map(\.priority)).sorted(by: >) {
        var open = order.filter { boxes[$0].priority == priority && current[$0] > 0 }
        while let box = open.min(by: { (current[$0], boxes[$0].queue) < (current[$1], boxes[$1].queue) }) {
            current[box] += boxes[box].step
            guard current[box] > boxes[box].maximum || !limits.hold(current, countingOnly: box) else { continue }
            current[box] -= boxes[box].step
            open.removeAll { $0 == box }
        }
    }
    return current
}
