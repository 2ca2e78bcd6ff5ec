#!/usr/bin/env bash
# examples/load/lucene.sh CORPUS.jsonl DIR [PORT]: indexes the bench corpus with Lucene 9.12.3 and answers at http://127.0.0.1:PORT/search?q=
# until it is stopped. Needs Java 17, and Maven and a network the first time.
set -euo pipefail
here=$(dirname "$(realpath "$0")") corpus=$(realpath "$1") dir=$2 port=${3:-8984}
mkdir -p "$dir" && cd "$dir"
for jar in core highlighter queries memory queryparser sandbox analysis-common; do
    file=lucene-$jar-9.12.3.jar
    [ -f "$file" ] || mvn --quiet --batch-mode dependency:copy -Dartifact="org.apache.lucene:lucene-$jar:9.12.3" -DoutputDirectory=.
done
python3 - "$corpus" > paragraphs.tsv << 'PYTHON'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    article = json.loads(line)
    for paragraph in [article["headline"]] + article["body"].split("\n\n"):
        print(" ".join(article["headline"].split()), " ".join(paragraph.split()), sep="\t")
PYTHON
rm -rf lucene-index
# Without nodelay every answer waits 40 ms for an acknowledgement.
exec java -Dsun.net.httpserver.nodelay=true -cp "$(echo lucene-*.jar | tr ' ' ':')" "$here/LuceneServer.java" paragraphs.tsv lucene-index "$port"
