"""Mail servers of our own: Postfix takes mail for example.org and hands it to Dovecot; nothing leaves this machine.

with mail_server() as mail:
    mail.settings("verein")                                   # settings for our account verein@example.org
    mail.deliver("ada@example.org", "verein@example.org", "Ich suche Gesellschaft", subject="Heiligabend")
    mail.inbox("ada")                                         # what arrived for ada@example.org
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import shutil
import signal
import smtplib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from testnet.serving import answers, free_ports, need, process

DOMAIN = "example.org"
PASSWORD = "geheim"
_USER = "mail"
"""An unprivileged user every Debian has; the mailboxes belong to it."""

_DOVECOT = """
base_dir={folder}/run/dovecot
state_dir={folder}/run
log_path={folder}/dovecot.log
protocols=imap lmtp
listen=127.0.0.1
ssl=no
disable_plaintext_auth=no
mail_location=maildir:{folder}/mbox/%u
mail_uid={user}
mail_gid={user}
first_valid_uid=1
passdb {{
  driver=static
  args=password={password}
}}
userdb {{
  driver=static
  args=uid={user} gid={user} home={folder}/mbox/%u
}}
service imap-login {{
  inet_listener imap {{
    port={imap}
  }}
  inet_listener imaps {{
    port=0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address=127.0.0.1
    port={lmtp}
  }}
}}
"""

_POSTFIX = """
compatibility_level=3.6
config_directory={folder}/etc
queue_directory={folder}/queue
data_directory={folder}/data
maillog_file=/dev/stdout
inet_interfaces=127.0.0.1
inet_protocols=ipv4
myhostname=mail.example.org
mydestination=
alias_maps=
alias_database=
virtual_mailbox_domains=example.org
virtual_transport=lmtp:inet:127.0.0.1:{lmtp}
default_transport=error:no outside mail in tests
message_size_limit=30000000
"""


@dataclass
class MailServer:
    """`imap_group` and `smtp_group` are process groups, to pause and continue them (os.killpg, SIGSTOP, SIGCONT)."""

    smtp_port: int
    imap_port: int
    imap_group: int
    smtp_group: int

    def settings(self, name: str) -> dict[str, str]:
        """Of `<name>@example.org`, for the network "mail"; its password is `PASSWORD`."""
        return {
            "address": f"{name}@{DOMAIN}",
            "name": "Probeverein",
            "smtp_host": "127.0.0.1",
            "smtp_port": str(self.smtp_port),
            "smtp_security": "none",
            "imap_host": "127.0.0.1",
            "imap_port": str(self.imap_port),
            "imap_security": "none",
            "poll_seconds": "0.2",
            "user": f"{name}@{DOMAIN}",
        }

    def deliver(self, sender: str, to: str, text: str, *, subject: str = "Hallo", **headers: str) -> None:
        """Somebody writes a mail; underscores in header names stand for hyphens."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, subject
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        self.deliver_raw(sender, to, message.as_bytes())

    def deliver_raw(self, sender: str, to: str, raw: bytes) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=60) as server:
            server.sendmail(sender, [to], raw)

    def inbox(self, name: str) -> list[EmailMessage]:
        """All mails of `<name>@example.org`, oldest first."""
        server = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=60)
        try:
            server.login(f"{name}@{DOMAIN}", PASSWORD)
            server.select("INBOX", readonly=True)
            numbers = server.search(None, "ALL")[1][0].split()
            raws = [server.fetch(number.decode(), "(BODY.PEEK[])")[1][0] for number in numbers]
            return [message_from_bytes(raw[1], policy=policy.default) for raw in raws if isinstance(raw, tuple)]
        finally:
            server.shutdown()


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """Ready in about two seconds. Needs root, since both servers give up their rights for users of their own."""
    how = "As root on Debian: apt-get install postfix dovecot-imapd dovecot-lmtpd"
    need(os.geteuid() == 0, "root for the local mail servers", how)
    programs = {
        name: shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") for name in ("dovecot", "postfix")
    }
    need(all(programs.values()), "dovecot and postfix", how)
    folder = Path(tempfile.mkdtemp(prefix="mail-"))
    folder.chmod(0o755)
    imap, lmtp, smtp = free_ports(3)
    try:
        _write(folder, imap, lmtp, smtp)
        dovecot = [str(programs["dovecot"]), "-F", "-c", str(folder / "dovecot.conf")]
        postfix = [str(programs["postfix"]), "-c", str(folder / "etc"), "start-fg"]
        with (
            process(dovecot, folder / "dovecot.out", lambda: answers(imap) and answers(lmtp)) as imap_child,
            process(postfix, folder / "postfix.log", lambda: answers(smtp)),
            _master_of(folder) as master,
        ):
            yield MailServer(smtp, imap, imap_child.pid, master)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _master_of(folder: Path) -> Iterator[int]:
    """Postfix's master makes a session of its own, so it is stopped by the number it wrote down."""
    master = int((folder / "queue" / "pid" / "master.pid").read_text())
    try:
        yield master
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(master, signal.SIGCONT)
            os.kill(master, signal.SIGTERM)
            for _ in range(100):
                os.kill(master, 0)
                time.sleep(0.05)


def _write(folder: Path, imap: int, lmtp: int, smtp: int) -> None:
    for name in ("run/dovecot", "mbox", "queue", "data"):
        (folder / name).mkdir(parents=True)
    shutil.chown(folder / "mbox", _USER, _USER)
    shutil.chown(folder / "data", "postfix")
    conf = _DOVECOT.format(folder=folder, user=_USER, password=PASSWORD, imap=imap, lmtp=lmtp)
    (folder / "dovecot.conf").write_text(conf)
    shutil.copytree("/etc/postfix", folder / "etc", symlinks=True)
    (folder / "etc" / "main.cf").write_text(_POSTFIX.format(folder=folder, lmtp=lmtp))
    source = Path("/etc/postfix/master.cf")
    if not source.exists():
        source = Path("/usr/share/postfix/master.cf.dist")
    (folder / "etc" / "master.cf").write_text(_master(source.read_text(), smtp))


def _master(text: str, port: int) -> str:
    """Nothing in a chroot; the first service listens on our port of this machine only."""
    lines = []
    for one in text.splitlines():
        words = one.split()
        if len(words) >= 8 and not one.startswith(("#", " ")):
            words[4] = "n"
            if words[0] == "smtp" and words[1] == "inet":
                words[0] = f"127.0.0.1:{port}"
            one = " ".join(words)
        lines.append(one)
    return "\n".join(lines) + "\n"
