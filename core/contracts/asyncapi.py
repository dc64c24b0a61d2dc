"""The AsyncAPI 3 document: generated from the declarations, so it cannot say anything else.

Each event is a channel. Who publishes it sends; each subscriber that hears it, by its own name or
by its fact's, receives. Nothing goes over a network: the channels are what the outbox table keeps,
and what change data capture would stream from it.
"""

from typing import Any

from core.contracts.queries import Contract, contracts

_HEADERS = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "seq": {"type": "integer", "description": "Which of its aggregate's events it is."},
        "at": {"type": "string", "format": "date-time"},
        "actor": {"oneOf": [{"type": "string"}, {"type": "null"}]},
        "correlation_id": {"type": "string", "format": "uuid"},
        "historical": {"type": "boolean"},
    },
    "required": ["id", "seq", "at", "correlation_id", "historical"],
}


def asyncapi() -> dict[str, Any]:
    """Return the document."""
    found = contracts()
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Lamplit",
            "version": "v1",
            "description": "What the departments tell one another. Money and quantities are "
            "decimal text; fields are only added within a version.",
        },
        "defaultContentType": "application/json",
        "channels": {each.type: _channel(each) for each in found},
        "operations": _operations(found),
        "components": {
            "messages": {each.type: _message(each) for each in found},
            "schemas": {each.type: each.shape for each in found},
        },
    }


def _channel(each: Contract) -> dict[str, Any]:
    return {
        "address": each.type,
        "description": each.meaning,
        "messages": {"event": {"$ref": f"#/components/messages/{each.type}"}},
    }


def _message(each: Contract) -> dict[str, Any]:
    return {
        "name": each.type,
        "title": each.meaning.splitlines()[0] if each.meaning else each.type,
        "headers": _HEADERS,
        "payload": {"$ref": f"#/components/schemas/{each.type}"},
        "x-version": each.version,
        "x-fact": each.fact,
        "x-aggregate": each.aggregate,
    }


def _operations(found: list[Contract]) -> dict[str, Any]:
    operations: dict[str, Any] = {}
    for each in found:
        operations[f"{each.teller}.sends.{each.type}"] = _operation(each, "send")
        for listener in each.listeners:
            name = f"{listener.subscriber}.receives.{each.type}"
            operations.setdefault(name, _operation(each, "receive") | {"x-reads": []})
            operations[name]["x-reads"].append({"as": listener.reads, "of": listener.kind})
    return operations


def _operation(each: Contract, action: str) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{each.type}"},
        "messages": [{"$ref": f"#/channels/{each.type}/messages/event"}],
    }
