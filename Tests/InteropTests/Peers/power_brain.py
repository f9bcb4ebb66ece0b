"""Power Brains whose registers a test changes, as independent peers: Modbus TCP by Python's own means.

Usage: power_brain.py COUNT     prints `port N` for each box, then `ready`; takes `BOX ADDRESS WORD…` on standard input.
"""

import asyncio
import struct
import sys

ISLANDS = [(8000, 8023), (8040, 8040), (8057, 8069), (8080, 8088), (8090, 8113), (8120, 8121)]
WORDS = {
    8000: [0xCF05, 0, 1, 0x0100, 0x0200, 0, 0x0100, 0],
    8008: [0x5042, 0x3132, 0x3334, 0x3536],
    8083: [0, 300, 60],
    8093: [60, 0, 60],
    8112: [1, 0],
    8120: [0, 7],
}


class PowerBrain:
    """One box without a car: a register image, and a server for it."""

    def __init__(self):
        self.image = {address: 0 for first, last in ISLANDS for address in range(first, last + 1)}
        for address, words in WORDS.items():
            self.set(address, *words)
        self.answered = lambda first, count: None

    def set(self, address, *words):
        self.image.update({address + i: word for i, word in enumerate(words)})

    async def serve(self):
        self.server = await asyncio.start_server(self.client, "127.0.0.1", 0)
        return self.server.sockets[0].getsockname()[1]

    async def client(self, reader, writer):
        try:
            while True:
                head = await reader.readexactly(7)
                transaction, _, length, unit = struct.unpack(">HHHB", head)
                answer = self.answer(await reader.readexactly(length - 1))
                writer.write(struct.pack(">HHHB", transaction, 0, len(answer) + 1, unit) + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def answer(self, request):
        function, address, value = struct.unpack(">BHH", request[:5])
        if function == 6 and address in self.image:
            self.write(address, [value])
            return request[:5]
        if function == 16 and address in self.image:
            self.write(address, struct.unpack(f">{value}H", request[6 : 6 + 2 * value]))
            return request[:5]
        wanted = range(address, address + value)
        if function not in (3, 4):
            return bytes([function | 0x80, 1])
        if any(register not in self.image for register in wanted):
            return bytes([function | 0x80, 2])
        self.answered(address, value)
        words = [self.image[register] for register in wanted]
        return struct.pack(f">BB{value}H", function, 2 * value, *words)

    def write(self, address, words):
        self.set(address, *words)
        # What it offers is its limit while it may charge.
        self.image[8095] = self.image[8093] if self.image[8094] else 0


async def main():
    boxes = [PowerBrain() for _ in range(int(sys.argv[1]))]
    for box in boxes:
        print("port", await box.serve(), flush=True)
    print("ready", flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        number, address, *words = (int(word) for word in line.split())
        boxes[number].set(address, *words)
        print("done", line.strip(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
