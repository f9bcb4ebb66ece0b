"""A day of 54 cars in acnportal, charged by chargehost and by acnportal's own algorithms.

Usage: acn_day.py delta|wye LIMIT SEED…   with the program in CHARGEHOST_PROGRAM.

LIMIT is the transformer's power (kW) in the garage of acn_delta.py, the main fuse (A) in that of acn_wye.py. Prints one
line of JSON for every day, and a verdict for every seed.
"""

import json
import os
import sys
import time
import warnings
from datetime import datetime

import numpy as np

sys.dont_write_bytecode = True

import acn_delta
import acn_wye
from acn_chargehost import ByDeparture, Chargehost, InOrder, InTurns
from acn_portal import acnsim, algorithms

PERIOD = 5  # minutes
GARAGES = {"delta": acn_delta, "wye": acn_wye}


def cars(seed, network):
    """One car at every station, from the morning to the late afternoon, that wants 5 to 30 kWh."""
    random = np.random.default_rng(seed)
    count = len(network.station_ids)
    arrivals = np.clip(random.normal(9, 0.6, count), 7.5, 11)
    departures = np.clip(random.normal(17, 0.6, count), 15, 19)
    energies = random.uniform(5, 30, count)
    events = []
    for number, station in enumerate(network.station_ids):
        power = network.max_pilot_signals[number] * network.voltages[station] / 1000
        battery = acnsim.Battery(energies[number], 0, power)
        begin, end = (int(hours * 60 / PERIOD) for hours in (arrivals[number], departures[number]))
        car = acnsim.EV(begin, end, energies[number], station, f"car {number}", battery)
        events.append(acnsim.PluginEvent(begin, car))
    return acnsim.EventQueue(events)


def day(algorithm, network, seed):
    """What a day delivers, and how near it comes to each limit, by acnportal's reckoning to 1 nA."""
    events = cars(seed, network)
    simulator = acnsim.Simulator(network, algorithm, events, datetime(2024, 5, 6), period=PERIOD, verbose=False)
    begin = time.perf_counter()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        simulator.run()
    requested = [float(car.requested_energy) for car in simulator.ev_history.values()]
    delivered = [float(car.energy_delivered) for car in simulator.ev_history.values()]
    rates = (simulator.pilot_signals, simulator.charging_rates)
    largest = np.abs(network.constraint_current(np.hstack(rates))).max(axis=1)
    exact = {"violation_tolerance": 1e-9, "relative_tolerance": 0}
    return {
        "cars": len(requested),
        "requestedKWh": sum(requested),
        "deliveredPercent": 100 * sum(delivered) / sum(requested),
        "leastPercent": 100 * min(part / whole for part, whole in zip(delivered, requested)),
        "isFeasible": all(bool(network.is_feasible(rate, **exact)) for rate in rates),
        "warnings": [str(warning.message) for warning in caught if "Invalid schedule" in str(warning.message)],
        "usedPercent": dict(zip(network.constraint_index, (100 * largest / network.magnitudes).tolist())),
        "seconds": time.perf_counter() - begin,
    }


def compared(program, garage, limit, seed):
    """The same day with chargehost in three orders, and with two algorithms of acnportal."""
    results = {}

    def report(name, algorithm):
        results[name] = day(algorithm, garage.network(limit), seed)
        if isinstance(algorithm, Chargehost):
            times = algorithm.allocator.microseconds
            results[name] |= {"requests": len(times), "medianMicroseconds": float(np.median(times))}
            results[name]["exitStatus"] = algorithm.allocator.close()
        print(json.dumps({"algorithm": name, "seed": seed} | results[name]), flush=True)

    ours = {"inOrder": InOrder(), "inTurns": InTurns(), "byDeparture": ByDeparture()}
    for name, order in ours.items():
        report(name, Chargehost(program, garage.Circuits, order))
    report("roundRobin", algorithms.RoundRobin(algorithms.first_come_first_served))
    report("earliestDeadline", algorithms.SortedSchedulingAlgo(algorithms.earliest_deadline_first))

    percent = {name: result["deliveredPercent"] for name, result in results.items()}
    least = {name: result["leastPercent"] for name, result in results.items()}
    return {
        "noLimitPassed": all(results[name]["isFeasible"] and not results[name]["warnings"] for name in ours),
        "isScarce": all(60 <= percent[name] <= 80 for name in ours),
        "asMuchAsRoundRobin": percent["inOrder"] >= percent["roundRobin"],
        "turnsServeTheLeastServed": least["inTurns"] >= max(20, least["roundRobin"]),
        "turnsCostAtMostAPoint": percent["inTurns"] >= percent["inOrder"] - 1,
        "withinAPointOfEarliestDeadline": percent["byDeparture"] >= percent["earliestDeadline"] - 1,
    }


for seed in sys.argv[3:]:
    verdict = compared(os.environ["CHARGEHOST_PROGRAM"], GARAGES[sys.argv[1]], float(sys.argv[2]), int(seed))
    print(json.dumps({"seed": int(seed), "verdict": verdict}), flush=True)
