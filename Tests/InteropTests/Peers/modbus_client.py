"""A Modbus client on pymodbus, as an independent peer.

Usage: modbus_client.py tcp PORT | rtu PATH BAUD PARITY   with one request a line on standard input:
{"unit": 1, "function": 3, "address": 8092, "count": 4} or {"unit": 1, "function": 6, "address": 8093, "words": [100]};
functions 1 to 6, 15, 16, 22 (words: and-mask, or-mask) and 23.
Answers each with one line: {"words": [...]}, {"exception": 2} or {"error": "..."}.
"""

import json
import sys

from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusException


def ask(client, request):
    unit, function, address = request["unit"], request["function"], request["address"]
    if function == 1:
        return client.read_coils(address, count=request["count"], device_id=unit)
    if function == 2:
        return client.read_discrete_inputs(address, count=request["count"], device_id=unit)
    if function == 3:
        return client.read_holding_registers(address, count=request["count"], device_id=unit)
    if function == 4:
        return client.read_input_registers(address, count=request["count"], device_id=unit)
    if function == 5:
        return client.write_coil(address, bool(request["words"][0]), device_id=unit)
    if function == 6:
        return client.write_register(address, request["words"][0], device_id=unit)
    if function == 15:
        return client.write_coils(address, [bool(word) for word in request["words"]], device_id=unit)
    if function == 22:
        return client.mask_write_register(
            address=address, and_mask=request["words"][0], or_mask=request["words"][1], device_id=unit
        )
    if function == 23:
        return client.readwrite_registers(
            read_address=address, read_count=request["count"], write_address=address, values=request["words"],
            device_id=unit,
        )
    return client.write_registers(address, request["words"], device_id=unit)


def main():
    if sys.argv[1] == "tcp":
        client = ModbusTcpClient("127.0.0.1", port=int(sys.argv[2]), timeout=5, retries=0)
    else:
        client = ModbusSerialClient(
            sys.argv[2], baudrate=int(sys.argv[3]), parity=sys.argv[4], timeout=5, retries=0
        )
    if not client.connect():
        print(json.dumps({"error": "no connection"}), flush=True)
        return
    for line in sys.stdin:
        try:
            answer = ask(client, json.loads(line))
        except ModbusException as error:
            print(json.dumps({"error": str(error)}), flush=True)
            continue
        if answer.isError():
            print(json.dumps({"exception": answer.exception_code}), flush=True)
        else:
            words = getattr(answer, "registers", None) or getattr(answer, "bits", [])
            print(json.dumps({"words": words}), flush=True)
    client.close()


main()
