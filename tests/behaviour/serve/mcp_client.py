"""Lists and calls every tool of newshound with the Python MCP SDK, over one transport and in one era of the protocol.

    python client.py stdio NEWSHOUND INDEX MODE
    python client.py http URL MODE

MODE is `legacy` (the handshake) or `2026-07-28` (no handshake). Prints one JSON object: what the archive answered.
"""

import asyncio
import json
import sys

from mcp import Client
from mcp.client.stdio import StdioServerParameters

CALLS = [
    ("search", {"query": "long-term peace"}),
    ("find_mentions", {"q": '"long-term peace"', "limit": 1}),
    ("find_quotes", {"by": "brandauer", "kind": ["direct"]}),
    ("who_said", {"words": "We want a long-term peace"}),
    ("timeline", {"q": "peace", "step": "year"}),
    ("find_mentions", {"limit": 2}),
    ("find_mentions", {"q": "peace", "limit": 5000}),
    ("get_article", {"id": "no-such-article"}),
]


def plain(result):
    texts = [item.text for item in result.content]
    return {"texts": texts, "structured": result.structured_content, "error": bool(result.is_error)}


async def main():
    transport, *rest = sys.argv[1:]
    if transport == "stdio":
        program, index, mode = rest
        server = StdioServerParameters(command=program, args=["mcp", "--index", index])
    else:
        server, mode = rest
    out = {"calls": []}
    async with Client(server, mode=mode) as client:
        out["version"] = client.protocol_version
        tools = (await client.list_tools()).tools
        out["tools"] = [tool.model_dump(mode="json", exclude_none=True, by_alias=True) for tool in tools]
        for name, arguments in CALLS:
            out["calls"].append({"tool": name, **plain(await client.call_tool(name, arguments))})
        found = json.loads(out["calls"][0]["texts"][0])["results"]
        for name in ("fetch", "get_article"):
            out["calls"].append({"tool": name, **plain(await client.call_tool(name, {"id": found[0]["id"]}))})
    print(json.dumps(out))


asyncio.run(main())
