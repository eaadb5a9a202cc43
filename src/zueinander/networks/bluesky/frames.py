"""The two wires of the stream (Jetstream v2 JSON, relay firehose DAG-CBOR) as one kind of `Happening`.

Sources: network.bsky.jetstream.subscribeEvents and com.atproto.sync.subscribeRepos, lexicons of 2026.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

import libipld
import orjson

from zueinander.networks.bluesky.reading import POST

Wire = Literal["jetstream", "firehose"]


class Happening(NamedTuple):
    """`content` is the record of a post (create, update), the status (account) or the handle (identity)."""

    kind: Literal["create", "update", "delete", "account", "identity"]
    did: str
    uri: str = ""
    cid: str = ""
    content: Any = None


class Frame(NamedTuple):
    """`seq` 0: not numbered. `error` is the server's last word before it closes."""

    seq: int
    happenings: tuple[Happening, ...] = ()
    error: str = ""


class Unreadable(ValueError):  # noqa: N818  like the port's words
    """A frame nobody can read."""


def address(wire: Wire, url: str, seq: int | None) -> str:
    """Where to connect to go on behind `seq` (None: live). Jetstream's cursor is inclusive, the firehose's is not."""
    if wire == "firehose":
        return f"{url}/xrpc/com.atproto.sync.subscribeRepos" + (f"?cursor={seq}" if seq is not None else "")
    params = [("kinds", "commit"), ("kinds", "account"), ("kinds", "identity"), ("collections", POST)]
    if seq is not None:
        params.append(("cursor", str(max(seq, 1))))
    return f"{url}/xrpc/network.bsky.jetstream.subscribeEvents?{urlencode(params)}"


def read(wire: Wire, raw: bytes | str, needles: tuple[bytes, ...]) -> Frame | None:
    """None for what certainly does not concern us; raises `Unreadable`."""
    try:
        if wire == "jetstream":
            return _jetstream(raw.encode() if isinstance(raw, str) else raw, needles)
        if isinstance(raw, str):
            raise Unreadable("text on a binary wire")
        return _firehose(raw, needles)
    except Unreadable:
        raise
    except Exception as error:  # the decoder of strangers' bytes raises whatever it likes
        raise Unreadable(f"{type(error).__name__}: {error}"[:200]) from error


def _concerns(raw: bytes, needles: tuple[bytes, ...]) -> bool:
    low = raw.lower()
    return not needles or any(needle in low for needle in needles)


def _jetstream(raw: bytes, needles: tuple[bytes, ...]) -> Frame | None:
    if b'"operation":"create"' in raw and b"\\u" not in raw and not _concerns(raw, needles):
        return None
    message = orjson.loads(raw)
    if message.get("$type") == "error":
        return Frame(0, error=str(message.get("error") or message.get("payload") or "error")[:100])
    event = message["payload"]
    seq, did = int(event["seq"]), str(event["did"]) if "did" in event else ""
    kind = str(event.get("$type", "")).rpartition("#")[2]
    if kind == "commit" and event["collection"] == POST:
        uri = f"at://{did}/{POST}/{event['rkey']}"
        operation = event["operation"]
        if operation not in ("create", "update", "delete"):
            raise Unreadable("unknown operation")
        return Frame(seq, (Happening(operation, did, uri, str(event.get("cid") or ""), event.get("record")),))
    if kind == "account":
        return Frame(seq, (Happening("account", did, content=_status(event["account"])),))
    if kind == "identity":
        return Frame(seq, (Happening("identity", did, content=str(event["identity"].get("handle") or "")),))
    return Frame(seq)


def _status(account: Mapping[str, Any]) -> str:
    return "active" if account.get("active") else str(account.get("status") or "deactivated")


def _firehose(raw: bytes, needles: tuple[bytes, ...]) -> Frame | None:
    header, body = libipld.decode_dag_cbor_multi(raw)
    if header.get("op") == -1:
        return Frame(0, error=str(body.get("error", "error"))[:100])
    kind, seq = header.get("t"), int(body.get("seq") or 0)
    if kind == "#commit":
        return Frame(seq, tuple(_operations(body, _concerns(raw, needles))))
    if kind == "#account":
        return Frame(seq, (Happening("account", body["did"], content=_status(body)),))
    if kind == "#identity":
        return Frame(seq, (Happening("identity", body["did"], content=str(body.get("handle") or "")),))
    return Frame(seq)


def _operations(body: Mapping[str, Any], concerns: bool) -> Iterator[Happening]:
    operations = [one for one in body.get("ops") or [] if str(one.get("path", "")).startswith(f"{POST}/")]
    wanted = [one for one in operations if concerns or one.get("action") != "create"]
    if not wanted:
        return
    # "tooBig" commits come without blocks: the record is then fetched by the re-check job
    blocks = libipld.decode_car(body["blocks"])[1] if any(one.get("cid") for one in wanted) and body["blocks"] else {}
    for one in wanted:
        uri = f"at://{body['repo']}/{one['path']}"
        if one["action"] == "delete":
            yield Happening("delete", body["repo"], uri)
        elif one["action"] in ("create", "update"):
            cid = one["cid"]
            name = cid if isinstance(cid, str) else libipld.encode_cid(cid)
            yield Happening(one["action"], body["repo"], uri, name, _block(blocks, cid))


def _block(blocks: Mapping[Any, Any], cid: Any) -> Any:
    if cid in blocks:
        return blocks[cid]
    raise Unreadable("a record is missing in its commit")
