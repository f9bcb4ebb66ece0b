import Adversary
import Foundation

/// `adversary [--hours N] [--seed S] [--threads T] [--boxes B] [--verbose]`: simulates N sites with the seeds S, S + 1, …,
/// an hour each, and ends with 1 if a limit was passed without excuse. With `--verbose` it simulates the site S alone and
/// prints what happened before.
@main struct AdversaryProgram {
    static func main() async {
        var campaign = Campaign()
        var isVerbose = false
        var arguments = CommandLine.arguments.dropFirst()
        while let name = arguments.popFirst() {
            if name == "--verbose" {
                isVerbose = true
                continue
            }
            guard let text = arguments.popFirst(), let number = Int(text), number >= 0 else {
                fail("\(name) needs a number")
            }
            switch name {
            case "--hours": campaign.hours = number
            case "--seed": campaign.seed = number
            case "--threads": campaign.threads = number
            case "--boxes": campaign.boxes = max(1, number)
            default: fail("unknown option \(name)")
            }
        }
        isVerbose ? tell(campaign) : await run(campaign)
    }

    private static func run(_ campaign: Campaign) async {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let figures = await campaign.run { figures in
            guard isTerminal else { return }
            let line = "\r\(figures.sites) of \(campaign.hours) h, \(figures.violations.count) violations"
            FileHandle.standardError.write(Data(line.utf8))
        }
        if isTerminal { FileHandle.standardError.write(Data("\r".utf8)) }
        print(figures)
        for (seed, text) in figures.violations.prefix(20) {
            print("seed \(seed): \(text)")
            print("    scripts/adversary --boxes \(campaign.boxes) --seed \(seed) --verbose")
        }
        exit(figures.violations.isEmpty ? 0 : 1)
    }

    private static func tell(_ campaign: Campaign) {
        do {
            var simulation = try Simulation(seed: campaign.seed, largest: campaign.boxes, isVerbose: true)
            simulation.run(milliseconds: Campaign.siteTime)
            for line in simulation.timeline { print(line) }
            print(simulation.figures)
            exit(simulation.figures.violations.isEmpty ? 0 : 1)
        } catch {
            fail("the site of seed \(campaign.seed) cannot be: \(error)")
        }
    }

    private static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data("adversary: \(text)\n".utf8))
        exit(2)
    }
}
