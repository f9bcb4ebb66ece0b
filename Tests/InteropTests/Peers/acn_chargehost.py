"""`chargehost allocate --jsonl` as a charging algorithm of acnportal."""

import json
import subprocess

from acn_portal import algorithms


class Allocator:
    """The program: one line of JSON out, one in."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "allocate", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.microseconds = []

    def ask(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended with {self.process.wait(10)}")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        self.microseconds.append(answer["us"])
        return answer["allocA"]

    def close(self):
        """Its exit status after the end of its input."""
        self.process.stdin.close()
        status = self.process.wait(10)
        self.process.stdout.close()
        return status


class InOrder:
    """Who came first is first in the queue."""

    uses_classes = False

    def __call__(self, sessions, interface):
        return algorithms.first_come_first_served(sessions, interface)


class InTurns:
    """Who had least is first in the queue, looked at every 15 minutes."""

    uses_classes = False

    def __init__(self):
        self.turn = None
        self.had = {}

    def __call__(self, sessions, interface):
        turn = interface.current_time * interface.period // 15
        if turn != self.turn:
            self.turn = turn
            self.had = {session.session_id: session.energy_delivered for session in sessions}
        return sorted(sessions, key=lambda session: (self.had.get(session.session_id, 0), session.arrival))


class ByDeparture:
    """Who leaves first is a class of its own, above all who leave later."""

    uses_classes = True

    def __call__(self, sessions, interface):
        return algorithms.earliest_deadline_first(sessions, interface)


class Chargehost(algorithms.BaseAlgorithm):
    """Charges as chargehost shares.

    `circuits` makes circuits of acnportal's infrastructure: `box` says where a station hangs, `nodes` what there is to
    share. `order` sorts the sessions. What a session still needs is all that is known of its car.
    """

    def __init__(self, program, circuits, order):
        super().__init__()
        self.max_recompute = 1
        self.allocator = Allocator(program)
        self.circuits = circuits
        self.order = order
        self.site = None

    def schedule(self, active_sessions):
        infrastructure = self.interface.infrastructure_info()
        self.site = self.site or self.circuits(infrastructure)
        boxes = []
        steps = {}
        for rank, session in enumerate(self.order(active_sessions, self.interface)):
            station = session.station_id
            pilots = infrastructure.allowable_pilots[infrastructure.get_station_index(station)].tolist()
            most = max(pilot for pilot in pilots if pilot <= self.interface.remaining_amp_periods(session))
            if most == 0:
                continue  # Less than the smallest pilot in one period: acnportal's algorithms call it finished too.
            box = {"id": station, "max": most, "min": pilots[1], "priority": -rank if self.order.uses_classes else 0}
            boxes.append(box | self.site.box(station))
            steps[station] = pilots[2] - pilots[1]
        if not boxes:
            return {}
        nodes = self.site.nodes({box["id"]: box["max"] for box in boxes})
        return {station: [pilot] for station, pilot in self.shared(nodes, boxes, steps).items()}

    def shared(self, nodes, boxes, steps):
        """One line has one step for all its boxes.

        With several, all are asked for with the finest. Then the boxes of each step are asked for alone, the coarsest
        first, with what the others were given as booked.
        """
        sizes = sorted(set(steps.values()), reverse=True)
        given = self.ask(nodes, boxes, sizes[-1])
        for step in sizes if len(sizes) > 1 else []:
            booked = [box if steps[box["id"]] == step else box | {"reserved": given[box["id"]]} for box in boxes]
            given |= self.ask(nodes, booked, step)
        return given

    def ask(self, nodes, boxes, step):
        time = str(self.interface.current_time)
        return self.allocator.ask({"id": time, "stepA": step, "nodes": nodes, "boxes": boxes})
