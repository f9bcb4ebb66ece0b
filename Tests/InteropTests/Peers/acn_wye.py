"""A European garage: 54 boxes of one, two and three phases in three halls, between line and neutral.

A car's current flows on each line it uses, in phase with the voltage of that line. So a line's current is a plain sum,
and each limit of acnportal is one phase of a circuit, exactly.
"""

from acn_portal import acnsim

VOLTAGE = 230
HALLS = 3
ROTATIONS = ("123", "231", "312")


def wiring(number):
    """Hall, lines and largest current of a box."""
    phases = (1, 3, 3, 2, 1, 3)[number % 6]
    return number // 18 + 1, ROTATIONS[number // 6 % 3][:phases], 32 if phases == 1 else 16


def network(amperes):
    """The garage behind a main fuse of `amperes`, with two fifths of it for each hall."""
    network = acnsim.ChargingNetwork()
    lines = {}
    for number in range(54):
        hall, used, most = wiring(number)
        station = f"box {number + 1}"
        network.register_evse(acnsim.FiniteRatesEVSE(station, range(6, most + 1)), VOLTAGE * len(used), 0)
        for line in used:
            lines.setdefault(f"main L{line}", []).append(station)
            lines.setdefault(f"hall {hall} L{line}", []).append(station)
    for name, stations in sorted(lines.items()):
        network.add_constraint(acnsim.Current(stations), amperes * (1 if "main" in name else 0.4), name=name)
    return network


class Circuits:
    """The tree of circuits of the garage."""

    def __init__(self, infrastructure):
        self.limits = {}
        lines = {station: set() for station in infrastructure.station_ids}
        self.node = {}
        for name, row, limit in zip(
            infrastructure.constraint_ids, infrastructure.constraint_matrix, infrastructure.constraint_limits
        ):
            node, line = name.rsplit(" L", 1)
            self.limits.setdefault(node, [0.0] * 3)[int(line) - 1] = int(limit * 1000) / 1000
            for station, factor in zip(infrastructure.station_ids, row):
                if factor:
                    lines[station].add(line)
                    if node != "main":
                        self.node[station] = node
        self.wiring = {
            station: (len(used), next(r for r in ROTATIONS if set(r[: len(used)]) == used))
            for station, used in lines.items()
        }

    def box(self, station):
        """Where the station hangs."""
        phases, rotation = self.wiring[station]
        return {"node": self.node[station], "phases": phases, "rotation": rotation}

    def nodes(self, most):
        """The circuits, whatever the cars take."""
        return {
            node: {"limit": limit} | ({} if node == "main" else {"parent": "main"})
            for node, limit in self.limits.items()
        }
