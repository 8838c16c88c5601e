"""Prints as many articles as asked for, made of those of a stream: each with an id, an address and a last line of its own.

Usage: articles.py STREAM.jsonl.gz NUMBER [--same-words]

With --same-words there is no last line: the words of an article stay what they are.
"""

import gzip
import json
import sys

with gzip.open(sys.argv[1], "rt", encoding="utf-8") as lines:
    stream = [json.loads(line) for line in lines]
for nth in range(int(sys.argv[2])):
    article = dict(stream[nth % len(stream)])
    time = nth // len(stream)
    article["id"] = f"{article['id']}-{time}"
    article["url"] = f"{article['url']}?copy={time}"
    if "--same-words" not in sys.argv[3:]:
        article["text"] = f"{article['text']}\n\nThis is copy {time} of article {nth % len(stream)}."
    print(json.dumps(article, ensure_ascii=False))
