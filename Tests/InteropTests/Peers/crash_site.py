"""Boxes with cars that come and go, and OCPP slaves with transactions, around a host that is killed again and again.

usage: crash_site.py SEED SLAVE_PORT LEDGER

Two Power Brains are served by Modbus TCP; a box with two connectors and one that stands for connector 5 connect as OCPP
slaves to SLAVE_PORT. A slave repeats a start or a stop until it is answered, as OCPP 1.6, 3.7.1 asks. Prints `port N` for
each Power Brain, then `ready`. Cars come and transactions begin on `go`. On `finish` every car leaves and every transaction is ended; then it writes what has
happened to LEDGER, one JSON document a line, prints `finished` and goes on serving:
  {"connector", "tag", "start", "meterStart", "stop", "meterStop", "values": [answered], "tried": [others]}
  {"box": N, "energies": [[time, Wh]], "cars": N}
"""

import asyncio
import json
import logging
import random
import sys
import time
from datetime import datetime, timedelta, timezone

from power_brain import PowerBrain
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

seed, port, ledger = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
chance = random.Random(seed)
ending = asyncio.Event()
written = []
logging.getLogger("websockets").setLevel(logging.CRITICAL)


class Car:
    """A Power Brain at which cars charge, one after the other."""

    def __init__(self, number):
        self.number, self.box, self.energy, self.energies, self.cars = number, PowerBrain(), 10_000 * number, [], 0
        self.count(0)

    def count(self, more):
        self.energy += more
        self.energies.append([time.time(), self.energy])
        self.box.set(8058, 0, 0, self.energy >> 16, self.energy & 0xFFFF)

    async def pause(self, low, high):
        try:
            await asyncio.wait_for(ending.wait(), chance.uniform(low, high))
        except TimeoutError:
            pass

    async def run(self):
        while not ending.is_set():
            # Long enough for a host to see that the place is free.
            await self.pause(0.5, 4)
            if ending.is_set():
                break
            self.cars += 1
            self.box.set(8092, 1)
            await self.pause(0.1, 0.5)
            self.box.set(8092, 2)
            for _ in range(chance.randrange(2, 12)):
                await self.pause(0.1, 0.7)
                self.count(chance.randrange(1, 200))
            self.box.set(8092, 0)

    def entry(self):
        return {"box": self.number, "energies": self.energies, "cars": self.cars}


class Slave:
    """A box with its own queue of one message per connector, which connects again for ever."""

    def __init__(self, identity, connectors):
        self.identity, self.connectors = identity, connectors
        self.socket, self.waiting, self.number = None, {}, 0
        self.open = asyncio.Event()

    async def serve(self):
        place = f"ws://127.0.0.1:{port}/{self.identity.replace('#', '%23')}"
        while True:
            try:
                async with connect(
                    place, subprotocols=["ocpp1.6"], compression=None, open_timeout=2, close_timeout=0.1, proxy=None
                ) as socket:
                    self.socket = socket
                    jobs = asyncio.create_task(self.greet())
                    try:
                        async for text in socket:
                            await self.take(json.loads(text))
                    finally:
                        jobs.cancel()
            except (OSError, WebSocketException, TimeoutError, EOFError):
                pass
            self.socket = None
            self.open.clear()
            for answer in self.waiting.values():
                answer.cancel()
            self.waiting = {}
            await asyncio.sleep(0.02)

    async def greet(self):
        boot = {"chargePointVendor": "Crash", "chargePointModel": "Slave"}
        while (await self.call("BootNotification", boot) or {}).get("status") != "Accepted":
            await asyncio.sleep(0.05)
        self.open.set()

    async def take(self, frame):
        if frame[0] == 2:
            answers = {
                "GetConfiguration": {"configurationKey": [], "unknownKey": frame[3].get("key", [])},
                "GetCompositeSchedule": {"status": "Rejected"},
                "UnlockConnector": {"status": "NotSupported"},
                "DataTransfer": {"status": "UnknownVendorId"},
            }
            await self.socket.send(json.dumps([3, frame[1], answers.get(frame[2], {"status": "Accepted"})]))
        elif answer := self.waiting.pop(frame[1], None):
            if not answer.done():
                answer.set_result(frame[2] if frame[0] == 3 else None)

    async def call(self, action, payload):
        """The answer's payload; None for an error, and when the connection ended before it came."""
        self.number += 1
        answer = asyncio.get_running_loop().create_future()
        self.waiting[str(self.number)] = answer
        try:
            await self.socket.send(json.dumps([2, str(self.number), action, payload]))
            return await asyncio.wait_for(answer, 20)
        except (AttributeError, OSError, WebSocketException, TimeoutError):
            return None
        except asyncio.CancelledError:
            if asyncio.current_task().cancelling():
                raise
            return None

    async def insist(self, action, payload):
        while True:
            await self.open.wait()
            if (answer := await self.call(action, payload)) is not None:
                return answer
            await asyncio.sleep(0.02)

    async def run(self, own, upstream):
        """Transactions of one connector, by a clock of its own that is a day behind."""
        clock = datetime.now(timezone.utc) - timedelta(days=1)
        meter, count = 1_000_000 * upstream, 0

        def moment():
            return clock.strftime("%Y-%m-%dT%H:%M:%SZ")

        while not ending.is_set():
            count += 1
            clock += timedelta(seconds=chance.randrange(5, 50))
            entry = {"connector": upstream, "tag": f"T{upstream}-{count}", "start": moment(), "meterStart": meter}
            entry |= {"values": [], "tried": []}
            answer = await self.insist(
                "StartTransaction",
                {"connectorId": own, "idTag": entry["tag"], "meterStart": meter, "timestamp": entry["start"]},
            )
            for _ in range(chance.randrange(3)):
                clock += timedelta(seconds=chance.randrange(2, 30))
                meter += chance.randrange(1, 100)
                await self.open.wait()
                values = {
                    "connectorId": own,
                    "transactionId": answer["transactionId"],
                    "meterValue": [{"timestamp": moment(), "sampledValue": [{"value": str(meter)}]}],
                }
                taken = await self.call("MeterValues", values) is not None
                entry["values" if taken else "tried"].append([moment(), meter])
            clock += timedelta(seconds=chance.randrange(2, 30))
            meter += chance.randrange(1, 100)
            # Some boxes have forgotten the id when they end what they began.
            number = answer["transactionId"] if chance.random() < 0.8 else -1
            entry |= {"stop": moment(), "meterStop": meter}
            await self.insist(
                "StopTransaction", {"transactionId": number, "meterStop": meter, "timestamp": entry["stop"]}
            )
            written.append(entry)
            try:
                await asyncio.wait_for(ending.wait(), chance.uniform(0.05, 0.6))
            except TimeoutError:
                pass


async def main():
    cars = [Car(1), Car(2)]
    for car in cars:
        print("port", await car.box.serve(), flush=True)
    slaves = [Slave("BOX7", {1: 3, 2: 4}), Slave("HALL#005", {1: 5})]
    serving = [asyncio.create_task(slave.serve()) for slave in slaves]
    lives = []
    print("ready", flush=True)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        if line.strip() == b"go":
            lives += [asyncio.create_task(car.run()) for car in cars]
            lives += [asyncio.create_task(slave.run(*pair)) for slave in slaves for pair in slave.connectors.items()]
        if line.strip() == b"finish":
            ending.set()
            await asyncio.gather(*lives)
            with open(ledger, "w") as file:
                for entry in written + [car.entry() for car in cars]:
                    print(json.dumps(entry), file=file)
            print("finished", flush=True)
    for task in serving:
        task.cancel()


asyncio.run(main())
