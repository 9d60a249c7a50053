"""A bot for Baton by webhook. Standard library only.

    BOT_SECRET="whsec_$(openssl rand -base64 32)" python3 webhook_bot.py

In Baton's configuration, with the same secret in the server's environment:

    bots:
      mine: { kind: webhook, name: Mina, url: "http://127.0.0.1:8099/", secret: "env:BOT_SECRET" }
    egress:
      allow_hosts: ["127.0.0.1:8099"]
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# An old request that somebody recorded must not be taken for a new one.
TOLERANCE_S = 300
BODY_BYTES_MAX = 4 * 1024 * 1024

ANSWERS = {
    "open": "We are open Monday to Friday, 9 to 18.",
    "invoice": "Your invoices are in your account, under *Documents*.",
}


def is_signed(secret, headers, body, now=None):
    """Whether Baton sent this body a moment ago (Standard Webhooks)."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        sent_at = int(headers["webhook-timestamp"])
        signed = f"{headers['webhook-id']}.{sent_at}.".encode() + body
        signatures = headers["webhook-signature"].split()
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    if not key or abs((time.time() if now is None else now) - sent_at) > TOLERANCE_S:
        return False
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [part[3:] for part in signatures if part.startswith("v1,")]
    return any(hmac.compare_digest(expected.encode(), one.encode()) for one in given)


def answer(turn):
    """What the bot says to one turn of the customer."""
    said = turn["text"].lower()
    handback = turn.get("handback") or {}
    if "promise" in said and handback.get("promises"):
        return {"text": "My colleague promised: " + "; ".join(handback["promises"])}
    if "refund" in said:
        # Money is for people. The customer is told first, then somebody comes.
        return {
            "ask_person": {
                "reason": "wants a refund",
                "topic": "billing",
                "say": "A refund is for my colleagues. I am getting one.",
            }
        }
    for word, text in ANSWERS.items():
        if word in said:
            return {"text": text}
    # Saying so counts: the second time Baton brings a person.
    return {"text": "I do not know that. Could you say it in other words?", "knew": False}


class Bot(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length") or 0)
        if length > BODY_BYTES_MAX:
            return self.reply(413, {"error": "too large"})
        body = self.rfile.read(length)
        if not is_signed(self.server.secret, self.headers, body):
            return self.reply(401, {"error": "not signed by Baton"})
        self.reply(200, answer(json.loads(body)))

    def reply(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    secret = os.environ.get("BOT_SECRET", "")
    if not secret.startswith("whsec_") or len(secret) < len("whsec_") + 32:
        sys.exit('set BOT_SECRET, for example: export BOT_SECRET="whsec_$(openssl rand -base64 32)"')
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8099"))), Bot)
    server.secret = secret
    print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
