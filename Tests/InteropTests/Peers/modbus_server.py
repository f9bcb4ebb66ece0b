"""A Modbus server on pymodbus, as an independent peer.

Usage: modbus_server.py tcp PORT | single PORT | rtu PATH BAUD PARITY   with the registers as JSON on standard input:
{"1": {"holding": {"islands": [[8000, 8023]], "words": {"8000": [52997, 0]}, "f32": {}, "text": {"8008": "PB123456"}}}}
(unit, table, readable ranges filled with 0, and what stands in them). Values are encoded by Python's struct.
With `single` one client at a time is served; others are turned away, and `turned away` is printed.
Prints `ready` once it listens, then every frame that arrives as `< HEX`, and every frame that leaves as `> HEX`.
"""

import asyncio
import json
import struct
import sys

from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


def blocks(table):
    image = {}
    for first, last in table.get("islands", []):
        image.update({address: 0 for address in range(first, last + 1)})
    for address, words in table.get("words", {}).items():
        image.update({int(address) + i: word for i, word in enumerate(words)})
    for address, floats in table.get("f32", {}).items():
        packed = b"".join(struct.pack(">f", value) for value in floats)
        image.update({int(address) + i: word for i, (word,) in enumerate(struct.iter_unpack(">H", packed))})
    for address, text in table.get("text", {}).items():
        packed = text.encode() + b"\0" * (len(text) % 2)
        image.update({int(address) + i: word for i, (word,) in enumerate(struct.iter_unpack(">H", packed))})
    runs = []
    for address in sorted(image):
        if runs and address == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(image[address])
        else:
            runs.append((address, [image[address]]))
    data = [SimData(address, values=words, datatype=DataType.REGISTERS) for address, words in runs]
    return data or [SimData(65535, values=[0], datatype=DataType.REGISTERS)]


def device(unit, tables):
    bits = [SimData(0, values=[False] * 16, datatype=DataType.BITS)]
    return SimDevice(
        int(unit), simdata=(bits, bits, blocks(tables.get("holding", {})), blocks(tables.get("input", {})))
    )


def trace(sending, packet):
    print(">" if sending else "<", packet.hex().upper(), flush=True)
    return packet


async def copy(reader, writer):
    try:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


class SingleClient:
    """A front that takes one connection, as small devices do."""

    def __init__(self, port):
        self.port = port
        self.busy = False

    async def serve(self, reader, writer):
        if self.busy:
            print("turned away", flush=True)
            writer.close()
            return
        self.busy = True
        behind = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.gather(copy(reader, behind[1]), copy(behind[0], writer))
        self.busy = False


async def main():
    registers = json.loads(sys.stdin.readline())
    devices = [device(unit, tables) for unit, tables in registers.items()]
    single = sys.argv[1] == "single"
    if sys.argv[1] != "rtu":
        port = 0 if single else int(sys.argv[2])
        server = ModbusTcpServer(devices, address=("127.0.0.1", port), trace_packet=trace)
    else:
        server = ModbusSerialServer(
            devices,
            port=sys.argv[2],
            baudrate=int(sys.argv[3]),
            parity=sys.argv[4],
            ignore_missing_devices=True,
            trace_packet=trace,
        )
    await server.serve_forever(background=True)
    if sys.argv[1] != "rtu":
        port = server.transport.sockets[0].getsockname()[1]
        if single:
            front = await asyncio.start_server(SingleClient(port).serve, "127.0.0.1", int(sys.argv[2]))
            port = front.sockets[0].getsockname()[1]
        print("port", port, flush=True)
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await server.shutdown()


asyncio.run(main())
