"""Checks OCPP-J frames with the schemas of the Python package `ocpp`.

Reads one frame a line from standard input: CALLs, each followed by its CALLRESULT. Prints one line for every frame that
breaks its schema, and at the end the number of frames.
"""
import asyncio
import json
import sys
from decimal import Decimal

from ocpp.exceptions import OCPPError
from ocpp.messages import unpack, validate_payload


async def main():
    count = 0
    action = None
    for line in sys.stdin:
        message = unpack(line)
        if message.message_type_id == 2:
            action = message.action
        else:
            message.action = action
        try:
            await validate_payload(message, "1.6")
        except OCPPError as error:
            print(f"{action}: {error.code} {error.details}")
        count += 1
    print(f"checked {count}")


asyncio.run(main())
