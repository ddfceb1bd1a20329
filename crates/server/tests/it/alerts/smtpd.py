# A mail server for the tests: says its port, then each mail as a line of JSON. It ends when its standard input does.
import asyncio
import email
import email.policy
import json
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def say(what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say({
            "to": envelope.rcpt_tos,
            "subject": mail["subject"],
            "id": mail["message-id"],
            "text": mail.get_content(),
            "raw": envelope.content.decode("utf-8", "replace"),
            "tls": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
        })
        return "250 taken"


def authenticator(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and data.password == b"open sesame"
    return AuthResult(success=right, auth_data=data)


def options():
    if len(sys.argv) < 3:
        return {}
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(sys.argv[1], sys.argv[2])
    return {"tls_context": tls, "require_starttls": True, "authenticator": authenticator, "auth_required": True}


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), **options()), host="127.0.0.1", port=0)
    say({"port": server.sockets[0].getsockname()[1]})
    done = asyncio.Event()

    # Not in the loop's own pool: that one waits for its threads when it ends.
    def watch():
        sys.stdin.read()
        loop.call_soon_threadsafe(done.set)

    threading.Thread(target=watch, daemon=True).start()
    await done.wait()


asyncio.run(main())
