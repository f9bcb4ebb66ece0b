"""Many Modbus TCP clients at once on pymodbus, each with a connection of its own.

Usage: modbus_clients.py PORT CLIENTS ROUNDS    Every client reads its own registers of a device that holds in each register
its own address. Prints {"answers": N, "wrong": N, "seconds": S, "slowest": S}.
"""

import asyncio
import json
import sys
import time

from pymodbus.client import AsyncModbusTcpClient


async def ask(port, number, rounds, totals):
    client = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=30, retries=0)
    await client.connect()
    for turn in range(rounds):
        address = number * 500 + turn * 3
        start = time.monotonic()
        answer = await client.read_holding_registers(address, count=3, device_id=1)
        totals["slowest"] = max(totals["slowest"], time.monotonic() - start)
        if answer.isError() or answer.registers != [address, address + 1, address + 2]:
            totals["wrong"] += 1
        else:
            totals["answers"] += 1
    client.close()


async def main():
    port, clients, rounds = (int(word) for word in sys.argv[1:4])
    totals = {"answers": 0, "wrong": 0, "slowest": 0.0}
    start = time.monotonic()
    await asyncio.gather(*(ask(port, number, rounds, totals) for number in range(clients)))
    totals["seconds"] = time.monotonic() - start
    print(json.dumps(totals), flush=True)


asyncio.run(main())
