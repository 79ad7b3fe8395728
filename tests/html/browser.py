# SPDX-License-Identifier: MIT
"""A headless Chromium, driven over the DevTools protocol through a pipe: messages are JSON with a closing NUL, so
that neither a port nor a library for sockets is needed."""
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

# A page of thousands of letters on a slow machine with sanitizers beside it; what takes longer hangs.
PATIENCE = 120

FLAGS = [
    "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--force-color-profile=srgb", "--lang=vi", "--window-size=1280,800",
]


class BrowserError(Exception):
    pass


class Browser:
    def __init__(self, program="chromium"):
        self.profile = tempfile.mkdtemp(prefix="cchc-html-")
        self.next = 0
        self.events = []
        self.received = b""
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()
        # The browser reads messages from descriptor 3 and writes them to descriptor 4; both pipes
        # are first moved out of the way of these numbers.
        inner = f'exec 3<&{to_browser} 4>&{from_browser}; exec "$@"'
        self.process = subprocess.Popen(
            ["bash", "-c", inner, "bash", program, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(f"{domain}.enable")

    session = None

    def message(self):
        """The next message of the browser."""
        limit = time.monotonic() + PATIENCE
        while b"\0" not in self.received:
            ready, _, _ = select.select([self.input], [], [], max(0, limit - time.monotonic()))
            piece = os.read(self.input, 1 << 20) if ready else b""
            if not piece:
                raise BrowserError("the browser ended" if ready else f"no answer in {PATIENCE} s")
            self.received += piece
        one, _, self.received = self.received.partition(b"\0")
        return json.loads(one)

    def call(self, method, **parameters):
        self.next += 1
        request = {"id": self.next, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.output, data):]
        while True:
            answer = self.message()
            if answer.get("id") == self.next:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def wait(self, method):
        """The next event of this name."""
        while True:
            for i, event in enumerate(self.events):
                if event["method"] == method:
                    return self.events.pop(i)["params"]
            answer = self.message()
            if "method" in answer:
                self.events.append(answer)

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        self.wait("Page.loadEventFired")

    def run(self, script):
        """The value of an expression in the page; promises are awaited."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def settle(self):
        """Until what was asked for is drawn."""
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.settle()

    def media(self, kind="", **features):
        """media("print"), media(prefers_color_scheme="dark")"""
        values = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", media=kind, features=values)
        self.settle()

    def click(self, selector, index=0):
        """A click of the mouse in the middle of the first box of an element."""
        place = self.run(f"""(() => {{
            const element = document.querySelectorAll({json.dumps(selector)})[{index}];
            if (!element) return null;
            element.scrollIntoView({{ block: "nearest" }});
            const {{ x, y, width, height }} = element.getClientRects()[0];
            return [x + width / 2, y + height / 2];
        }})()""")
        if place is None:
            raise BrowserError(f"nothing to click: {selector} [{index}]")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)
        self.settle()

    def key(self, key):
        """One key: a character, or a name such as "ArrowDown"."""
        text = {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)
        self.settle()

    def type(self, text):
        self.call("Input.insertText", text=text)
        self.settle()

    def complaints(self):
        """What the console, the policy and the network had to say since the page was opened."""
        self.run("0")  # all events before this answer have arrived
        said = []
        for event in self.events:
            method, told = event["method"], event["params"]
            if method == "Runtime.exceptionThrown":
                said.append(told["exceptionDetails"].get("exception", {}).get("description", "exception"))
            elif method == "Runtime.consoleAPICalled":
                said.append(f"console: {told['args']}")
            elif method == "Log.entryAdded":
                said.append(told["entry"]["text"])
            elif method == "Audits.issueAdded":
                said.append(told["issue"]["code"])
            elif method == "Page.javascriptDialogOpening":
                said.append(f"dialog: {told['message']}")
            elif method == "Network.requestWillBeSent" and not told["request"]["url"].startswith(("file:", "about:")):
                said.append(f"request: {told['request']['url']}")
        return said

    def close(self):
        try:
            self.call("Browser.close")
            self.process.wait(timeout=10)
        except (BrowserError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        finally:
            os.close(self.output)
            os.close(self.input)
            shutil.rmtree(self.profile, ignore_errors=True)
