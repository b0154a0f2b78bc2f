"""Run `make lab`, wait until JupyterLab serves the first lesson, stop it, and say how long that took.

    python3 .ci/open_lab.py LIMIT      # fails if it takes more than LIMIT seconds
"""

import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

LESSON = "00-start-here.ipynb"


def main(limit: float) -> None:
    """Open, look, stop; raises SystemExit with the reason if the lesson is not served in `limit` seconds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)

    def ask(path: str, method: str = "GET") -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", method=method)
        request.add_header("Authorization", f"token {token}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    started = time.monotonic()
    options = f"--no-browser --ServerApp.ip=127.0.0.1 --ServerApp.port={port} --IdentityProvider.token={token}"
    make = subprocess.Popen(["make", "lab", f"LAB_ARGS={options}"])
    try:
        while True:
            try:
                ask("api/status")
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
            if make.poll() is not None:
                sys.exit(f"make lab ended with {make.returncode}")
            if time.monotonic() - started > limit:
                sys.exit(f"make lab took more than {limit:.0f} s")
        seconds = time.monotonic() - started
        cells = json.loads(ask(f"api/contents/{LESSON}"))["content"]["cells"]
        ask(f"lab/tree/{LESSON}")
        print(f"make lab serves {LESSON} ({len(cells)} cells) after {seconds:.1f} s")
        ask("api/shutdown", method="POST")
        make.wait(20)
    finally:
        make.terminate()


if __name__ == "__main__":
    main(float(sys.argv[1]))
