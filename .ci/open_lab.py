"""Run `make lab`, wait until JupyterLab serves the first lesson, stop it, and say how long that took.

python3 .ci/open_lab.py LIMIT      # fails if it takes more than LIMIT seconds
"""

import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.request

LESSON = "00-start-here.ipynb"


class Server:
    """The JupyterLab that `make lab` starts, as its REST API shows it."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.token = secrets.token_hex(16)
        options = (
            f"--no-browser --ServerApp.ip=127.0.0.1 --ServerApp.port={self.port} --IdentityProvider.token={self.token}"
        )
        self.make = subprocess.Popen(["make", "lab", f"LAB_ARGS={options}"])

    def ask(self, path: str, method: str = "GET") -> bytes:
        """Return what the server answers; raises OSError if it does not."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def wait(self, limit: float) -> None:
        """Wait until the server answers; raises SystemExit if it ends or takes more than `limit` seconds."""
        give_up = time.monotonic() + limit
        while True:
            try:
                self.ask("api/status")
                return
            except OSError:
                time.sleep(0.2)
            if self.make.poll() is not None:
                sys.exit(f"make lab ended with {self.make.returncode}")
            if time.monotonic() > give_up:
                sys.exit(f"make lab took more than {limit:.0f} s")


def main(limit: float) -> None:
    """Open, look, stop; raises SystemExit with the reason if the lesson is not served in `limit` seconds."""
    started = time.monotonic()
    server = Server()
    try:
        server.wait(limit)
        seconds = time.monotonic() - started
        cells = json.loads(server.ask(f"api/contents/{LESSON}"))["content"]["cells"]
        server.ask(f"lab/tree/{LESSON}")
        print(f"make lab serves {LESSON} ({len(cells)} cells) after {seconds:.1f} s", flush=True)
        server.ask("api/shutdown", method="POST")
        server.make.wait(20)
    finally:
        server.make.terminate()


if __name__ == "__main__":
    main(float(sys.argv[1]))
