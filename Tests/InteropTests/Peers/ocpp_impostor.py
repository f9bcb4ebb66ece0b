"""A charge point that says that it is a chargehost, and answers who it is with the words it is given.

usage: ocpp_impostor.py URL ID

Prints every question as a line `asked HEX`. A line on its input is the answer to the one asked last and to all later
ones, `again` lets it connect anew.
"""

import asyncio
import logging
import sys

from ocpp.routing import on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.enums import Action
from websockets.asyncio.client import connect

url, identity = sys.argv[1:3]
answer = {"words": None, "given": asyncio.Event()}
current = {}


class Impostor(ChargePoint):
    @on(Action.data_transfer)
    async def data_transfer(self, vendor_id, message_id=None, data=None, **_):
        assert (vendor_id, message_id) == ("chargehost", "HostIdentity")
        print("asked " + data, flush=True)
        await answer["given"].wait()
        return call_result.DataTransfer("Accepted", answer["words"])

    @on(Action.get_configuration)
    def get_configuration(self, key=None, **_):
        return call_result.GetConfiguration([{"key": "NumberOfConnectors", "readonly": True, "value": "1"}], [])

    @on(Action.change_configuration)
    def change_configuration(self, **_):
        return call_result.ChangeConfiguration("NotSupported")

    @on(Action.set_charging_profile)
    def set_charging_profile(self, **_):
        return call_result.SetChargingProfile("Accepted")

    @on(Action.trigger_message)
    def trigger_message(self, **_):
        return call_result.TriggerMessage("Rejected")


async def session():
    place = f"{url}/{identity.replace('#', '%23')}"
    async with connect(place, subprotocols=["ocpp1.6"], compression=None) as socket:
        current["socket"] = socket
        box = Impostor(identity, socket, response_timeout=20)
        serving = asyncio.create_task(box.start())
        await box.call(call.BootNotification(charge_point_model="site", charge_point_vendor="chargehost"))
        await serving


async def main():
    logging.getLogger("ocpp").setLevel(logging.CRITICAL)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def keep():
        while True:
            try:
                await session()
            except Exception as error:
                print("ended " + repr(error), flush=True)
            await asyncio.sleep(0.5)

    keeping = asyncio.create_task(keep())
    while line := await reader.readline():
        words = line.decode().rstrip("\n")
        if words == "again":
            await current["socket"].close()
        else:
            answer["words"] = words
            answer["given"].set()
    keeping.cancel()


asyncio.run(main())
