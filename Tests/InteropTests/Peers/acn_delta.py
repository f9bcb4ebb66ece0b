"""The 54 stations of Caltech's garage, each between two lines, as a tree of circuits.

acnportal limits the magnitudes of sums of phasors, load management sums of currents. The stations of one phase angle
make a leg, whose current is a plain sum. The three legs meet in limits such as |AB - CA| <= L. Those become a limit for
every leg, such that no mixture of currents below the three passes any of them: the region within the phasor limits is
convex, so it holds the whole cuboid of leg limits if it holds its corners. How the legs share follows from what their
cars can take at the moment.
"""

import itertools

import numpy as np

from acn_portal import acnsim

VOLTAGE = 208

# Which supply phases a station between two lines loads, by the angle of its current: AB, BC, CA.
ROTATIONS = {30: "123", -90: "231", 150: "312"}


def network(kilowatts):
    """The garage behind a transformer of `kilowatts`."""
    return acnsim.sites.caltech_acn(voltage=VOLTAGE, transformer_cap=kilowatts)


def milliamperes(current):
    """`current` rounded down to what load management counts in."""
    return int(current * 1000) / 1000


class Circuits:
    """The tree of circuits of the garage, for what its cars can take."""

    def __init__(self, infrastructure):
        angles = [int(angle) for angle in infrastructure.phases]
        self.rotations = [ROTATIONS[angle] for angle in dict.fromkeys(angles)]
        self.rotation = {s: ROTATIONS[a] for s, a in zip(infrastructure.station_ids, angles)}
        self.node = {station: f"leg {rotation}" for station, rotation in self.rotation.items()}
        self.pods = {}
        self.phasors = []
        turns = np.exp(1j * np.deg2rad(angles))
        for name, row, limit in zip(
            infrastructure.constraint_ids, infrastructure.constraint_matrix, infrastructure.constraint_limits
        ):
            self.add(name, row, row * turns, limit)

    def add(self, name, factors, phasors, limit):
        """Turns one constraint into a circuit, or into a limit between legs."""
        used = [station for station, factor in zip(self.node, factors) if factor]
        nodes = {self.node[station] for station in used}
        weights = {
            rotation: {p for p, s in zip(phasors, self.node) if self.rotation[s] == rotation}
            for rotation in self.rotations
        }
        if len(nodes) == 1 and set(factors) == {0, 1}:
            self.pods[name] = (nodes.pop(), limit)
            self.node.update({station: name for station in used})
        elif all(len(values) == 1 for values in weights.values()):
            self.phasors.append((np.array([values.pop() for values in weights.values()]), limit))
        else:
            raise ValueError(f"'{name}' is neither a circuit nor a limit between legs")

    def box(self, station):
        """Where the station hangs."""
        return {"node": self.node[station], "phases": 2, "rotation": self.rotation[station]}

    def nodes(self, most):
        """The circuits when the car at each station takes at most `most`."""
        limits = self.leg_limits([self.wanted(rotation, most) for rotation in self.rotations])
        nodes = {}
        carried = np.zeros(3)
        for rotation, limit in zip(self.rotations, limits):
            on = np.array([limit * (str(phase) in rotation[:2]) for phase in (1, 2, 3)])
            nodes[f"leg {rotation}"] = {"parent": "site", "limit": on.tolist()}
            carried += on
        nodes["site"] = {"limit": carried.round(3).tolist()}
        for name, (parent, limit) in self.pods.items():
            nodes[name] = {"parent": parent, "limit": milliamperes(limit)}
        return nodes

    def wanted(self, rotation, most):
        """What the cars of a leg can take together, each pod no more than it carries."""
        sums = {}
        for station, current in most.items():
            if self.rotation[station] == rotation:
                sums[self.node[station]] = sums.get(self.node[station], 0) + current
        return sum(min(current, self.pods[node][1]) if node in self.pods else current for node, current in sums.items())

    def leg_limits(self, wanted):
        """The largest limit for all legs alike, no larger than what each can take, then the largest for one by one.

        A delta carries most when its legs are alike.
        """
        limits = self.largest(max(wanted), lambda current: [min(current, most) for most in wanted])
        for leg, most in enumerate(wanted):
            rest = list(limits)
            limits = self.largest(most, lambda current: rest[:leg] + [max(rest[leg], current)] + rest[leg + 1 :])
        return [milliamperes(limit) for limit in limits]

    def largest(self, most, limits_at):
        """The safe `limits_at` a current up to `most`, to 1 mA."""
        low, high = 0.0, most
        if self.is_safe(limits_at(high)):
            return limits_at(high)
        while high - low > 0.001:
            middle = (low + high) / 2
            low, high = (middle, high) if self.is_safe(limits_at(middle)) else (low, middle)
        return limits_at(low)

    def is_safe(self, limits):
        """Whether every mixture of leg currents up to `limits` keeps every limit between legs."""
        corners = np.array(list(itertools.product(*((0, limit) for limit in limits))))
        return all((np.abs(corners @ weights) <= limit).all() for weights, limit in self.phasors)
