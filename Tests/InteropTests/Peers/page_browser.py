"""A headless Chromium that a test leads.

Usage: page_browser.py     takes one JSON object a line on standard input and answers each with one on standard output:
{"do": "open", "url": U, "socket": false}       opens a page, without WebSocket where `socket` is false
{"do": "look", "script": "return …"}            what the script returns
{"do": "size", "width": W, "scheme": "dark"}    how wide the window is and what colours are preferred
{"do": "contrast"}                              texts whose contrast is too small (WCAG 2.2, 1.4.3)
{"do": "shot", "path": P}                       a picture of the whole page
{"do": "log"}                                   what the console has said since the last question
"""

import json
import os
import sys
import tempfile

from selenium import webdriver
from selenium.common.exceptions import SessionNotCreatedException
from selenium.webdriver.chrome.service import Service

CONTRAST = """
const colour = (text) => text.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
  .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const found = colour(getComputedStyle(at).backgroundColor);
    if (found.length < 4 || found[3] > 0) return found;
  }
  return [255, 255, 255];
};
const found = [];
for (const node of document.querySelectorAll("body *")) {
  const text = [...node.childNodes].filter((child) => child.nodeType === 3).map((child) => child.data.trim()).join("");
  if (!text || node.closest("[hidden], noscript") || node.getClientRects().length === 0) continue;
  const style = getComputedStyle(node);
  const [a, b] = [light(colour(node instanceof SVGElement ? style.fill : style.color)), light(ground(node))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) found.push(`${text}: ${ratio.toFixed(2)}`);
}
return found;
"""


def start(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"]:
        options.add_argument(argument)
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    log = os.path.join(profile, "driver.log")
    try:
        service = Service("/usr/bin/chromedriver", service_args=["--verbose"], log_output=log)
        return webdriver.Chrome(options=options, service=service)
    except SessionNotCreatedException:
        with open(log) as said:
            print("".join(said.readlines()[-40:]), file=sys.stderr)
        raise


def size(browser, width, height):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def answer(browser, order):
    kind = order["do"]
    if kind == "open":
        if order.get("socket") is False:
            browser.execute_cdp_cmd(
                "Page.addScriptToEvaluateOnNewDocument", {"source": "delete window.WebSocket"}
            )
        browser.get(order["url"])
    elif kind == "look":
        return browser.execute_script(order["script"])
    elif kind == "size":
        features = [{"name": "prefers-color-scheme", "value": order["scheme"]}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        size(browser, order["width"], 900)
    elif kind == "contrast":
        return browser.execute_script(CONTRAST)
    elif kind == "shot":
        width, height = browser.execute_script("return [innerWidth, document.documentElement.scrollHeight]")
        size(browser, width, height)
        browser.save_screenshot(order["path"])
        size(browser, width, 900)
    elif kind == "log":
        return [entry["message"] for entry in browser.get_log("browser")]
    else:
        raise ValueError(kind)
    return None


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        os.environ["SE_AVOID_STATS"] = "true"
        browser = start(profile)
        try:
            print(json.dumps({"is": "ready"}), flush=True)
            for line in sys.stdin:
                print(json.dumps({"is": answer(browser, json.loads(line))}), flush=True)
        finally:
            browser.quit()


main()
