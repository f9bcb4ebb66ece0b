"""Checks a recorded conversation with a driver against the schema of the protocol: SCHEMA TAPE; prints how many messages
were checked. What the check of a driver sends wrongly on purpose is passed over."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft7Validator.check_schema(schema)


def validator(name):
    return jsonschema.Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]})


HOST = {"describe", "open", "read", "command", "identify", "scan", "close", "ping", "cancel", "fault"}
EMPTY = {"close", "ping", "store.set"}
to_driver, to_host = validator("to_driver"), validator("to_host")
asked, checked, wrong = {}, 0, 0
for number, line in enumerate(open(sys.argv[2], encoding="utf-8"), 1):
    said = json.loads(line)
    problems = []
    if isinstance(said.get("to"), dict) and said["to"].get("method", "ping") in HOST:
        message = said["to"]
        problems = list(to_driver.iter_errors(message))
        if "id" in message and "method" in message:
            asked[json.dumps(message["id"])] = message["method"]
    elif isinstance(said.get("from"), dict):
        message = said["from"]
        problems = list(to_host.iter_errors(message))
        method = asked.get(json.dumps(message.get("id")))
        if "result" in message and method:
            name = "empty_result" if method in EMPTY else method.replace(".", "_") + "_result"
            problems += list(validator(name).iter_errors(message["result"]))
    elif "from_text" in said:
        problems = [ValueError("it is no JSON")]
    else:
        continue
    checked += 1
    for problem in problems:
        wrong += 1
        print(f"line {number}: {getattr(problem, 'message', problem)}", file=sys.stderr)
print(checked)
sys.exit(1 if wrong else 0)
