"""A charge point of the Python package ocpp, told what to do by lines of JSON on its input.

usage: ocpp_charge_point.py URL ID [KEY] [CA]

{"call": "Heartbeat", "p": {}}      makes a call; the answer is printed
{"raw": "..."}                      sends any text
{"state": 1}                        prints what it was asked for, its keys and its profiles
{"reject": ["Reset"]}               answers these with Rejected
{"abort": 1}                        breaks the connection without a word; it connects again after a second
"""

import asyncio
import base64
import json
import logging
import ssl
import sys
from datetime import datetime, timezone

from ocpp.charge_point import camel_to_snake_case
from ocpp.routing import after, on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.enums import Action
from websockets.asyncio.client import connect

url, identity = sys.argv[1:3]
key = sys.argv[3] if len(sys.argv) > 3 else ""
authority = sys.argv[4] if len(sys.argv) > 4 else None

state = {
    "received": [],
    "transactions": {},
    "status": {},
    "profiles": [],
    "reject": [],
    "keys": {
        "NumberOfConnectors": "2",
        "HeartbeatInterval": "60",
        "ConnectionTimeOut": "60",
        "MeterValueSampleInterval": "60",
        "WebSocketPingInterval": "0",
        "MeterValuesSampledData": "Energy.Active.Import.Register",
        "ChargeProfileMaxStackLevel": "8",
        "ChargingScheduleAllowedChargingRateUnit": "Current",
        "SupportedFeatureProfiles": "Core,SmartCharging,RemoteTrigger,Reservation",
    },
}
fixed = {"NumberOfConnectors", "ChargeProfileMaxStackLevel", "SupportedFeatureProfiles"}
current = {}


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Box(ChargePoint):
    def noted(self, name, payload, status="Accepted", **rest):
        state["received"].append([name, payload])
        return getattr(call_result, name)(status="Rejected" if name in state["reject"] else status, **rest)

    async def tell(self, connector, status):
        state["status"][str(connector)] = status
        await self.call(call.StatusNotification(connector, "NoError", status, timestamp=now()))

    @on(Action.get_configuration)
    def get_configuration(self, key=None, **_):
        names = key or list(state["keys"])
        known = [
            {"key": name, "readonly": name in fixed, "value": state["keys"][name]}
            for name in names
            if name in state["keys"]
        ]
        return call_result.GetConfiguration(known, [name for name in names if name not in state["keys"]])

    @on(Action.change_configuration)
    def change_configuration(self, key, value, **_):
        status = "NotSupported" if key not in state["keys"] else "Rejected" if key in fixed else "Accepted"
        if key == "MeterValuesSampledData" and "SoC" in value:
            status = "Rejected"
        if status == "Accepted":
            state["keys"][key] = value
        return self.noted("ChangeConfiguration", {"key": key, "value": value}, status)

    @on(Action.set_charging_profile)
    def set_charging_profile(self, connector_id, cs_charging_profiles, **_):
        state["profiles"].append([connector_id, cs_charging_profiles])
        return self.noted("SetChargingProfile", {"connector_id": connector_id})

    @on(Action.trigger_message)
    def trigger_message(self, requested_message, connector_id=1, **_):
        return self.noted("TriggerMessage", {"requested_message": requested_message, "connector_id": connector_id})

    @after(Action.trigger_message)
    async def triggered(self, requested_message, connector_id=1, **_):
        if requested_message == "BootNotification":
            await self.call(call.BootNotification(charge_point_model="Box", charge_point_vendor="Python"))
        elif requested_message == "StatusNotification":
            await self.tell(connector_id, state["status"].get(str(connector_id), "Available"))
        elif requested_message == "MeterValues":
            sampled = [{"value": "4711", "context": "Trigger"}]
            await self.call(call.MeterValues(connector_id, [{"timestamp": now(), "sampledValue": sampled}]))

    @on(Action.remote_start_transaction)
    def remote_start(self, **payload):
        return self.noted("RemoteStartTransaction", payload)

    @after(Action.remote_start_transaction)
    async def started(self, id_tag, connector_id=1, **_):
        await self.tell(connector_id, "Preparing")
        answer = await self.call(call.StartTransaction(connector_id, id_tag, 1000, now()))
        state["transactions"][connector_id] = answer.transaction_id
        await self.tell(connector_id, "Charging")

    @on(Action.remote_stop_transaction)
    def remote_stop(self, transaction_id, **_):
        known = transaction_id in state["transactions"].values()
        return self.noted(
            "RemoteStopTransaction", {"transaction_id": transaction_id}, "Accepted" if known else "Rejected"
        )

    @after(Action.remote_stop_transaction)
    async def stopped(self, transaction_id, **_):
        for connector, known in list(state["transactions"].items()):
            if known == transaction_id:
                del state["transactions"][connector]
                await self.call(
                    call.StopTransaction(
                        meter_stop=2000, timestamp=now(), transaction_id=transaction_id, reason="Remote"
                    )
                )
                await self.tell(connector, "Available")

    @on(Action.reset)
    def reset(self, **payload):
        return self.noted("Reset", payload)

    @on(Action.unlock_connector)
    def unlock(self, **payload):
        return self.noted("UnlockConnector", payload, "Unlocked")

    @on(Action.change_availability)
    def availability(self, **payload):
        return self.noted("ChangeAvailability", payload)

    @on(Action.reserve_now)
    def reserve(self, **payload):
        return self.noted("ReserveNow", payload)


def say(document):
    print(json.dumps(document, default=float), flush=True)


async def session():
    headers = {}
    if key:
        word = base64.b64encode(f"{identity}:{key}".encode()).decode()
        headers["Authorization"] = "Basic " + word
    tls = ssl.create_default_context(cafile=authority) if authority else None
    place = f"{url}/{identity.replace('#', '%23')}"
    async with connect(
        place, subprotocols=["ocpp1.6"], additional_headers=headers, compression=None, ssl=tls
    ) as socket:
        box = Box(identity, socket, response_timeout=20)
        serving = asyncio.create_task(box.start())
        answer = await box.call(
            call.BootNotification(charge_point_model="Box", charge_point_vendor="Python", firmware_version="3")
        )
        current["box"] = box
        say({"booted": answer.status, "interval": answer.interval})
        await serving


async def obey(line):
    order = json.loads(line)
    try:
        if "state" in order:
            say({"state": state})
        elif "reject" in order:
            state["reject"] = order["reject"]
            say({"ok": 1})
        elif "abort" in order:
            current["box"]._connection.transport.abort()
            say({"ok": 1})
        elif "raw" in order:
            await current["box"]._connection.send(order["raw"])
            say({"ok": 1})
        else:
            request = getattr(call, order["call"])(**camel_to_snake_case(order.get("p", {})))
            answer = await current["box"].call(request, suppress=False)
            say({"answer": {name: value for name, value in answer.__dict__.items() if value is not None}})
    except Exception as error:
        say({"error": repr(error)})


async def main():
    logging.getLogger("ocpp").setLevel(logging.CRITICAL)
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def keep():
        while True:
            try:
                await session()
                say({"ended": 1})
            except Exception as error:
                say({"ended": repr(error)})
            current.clear()
            await asyncio.sleep(1)

    keeping = asyncio.create_task(keep())
    while line := await reader.readline():
        await obey(line)
    keeping.cancel()


asyncio.run(main())
