"""Asks a service through the client that openapi-python-client made of its description.

Takes the directory of the package `archive` and the address of the service; prints one object of JSON.
"""

import json
import sys

sys.path.insert(0, sys.argv[1])

from archive import Client
from archive.api.articles import cite, get_article
from archive.api.search import list_speakers, search_passages, search_quotations
from archive.api.service import get_status
from archive.models import CiteFormat

client = Client(base_url=sys.argv[2], raise_on_unexpected_status=True)
found = search_passages.sync(client=client, q='"long-term peace"', limit=2)
first = found.passages[0]
article = get_article.sync(client=client, id=first.article)
said = search_quotations.sync(client=client, by="Brandauer")
refused = search_passages.sync_detailed(client=client, q=" ")
print(json.dumps({
    "mentions": found.summary.mentions,
    "marked": [first.text.encode()[start:end].decode() for start, end in first.matches],
    "headline": article.headline,
    "said": [quotation.text for quotation in said.quotations],
    "speakers": [speaker.name for speaker in list_speakers.sync(client=client).speakers],
    "citation": cite.sync(client=client, id=first.id, format_=CiteFormat.CSL)[0].to_dict()["type"],
    "articles": get_status.sync(client=client).articles,
    "refused": [refused.status_code, refused.parsed.title],
}))
