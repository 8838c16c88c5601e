"""Runs one Python peer over a list of pages, page after page in one process, and says what each page cost.

    python_peers.py TOOL LIST PREDICTIONS TIMES

Arguments and files are those of `peers/src/main.rs`. Runs in the environment that `run` makes. Every tool gets the page's
bytes and no address; tools that take text alone get it decoded, at no charge. No tool is let onto the network.
"""

import gzip
import json
import logging
import sys
import time
import warnings
from pathlib import Path

# Pages that each tool reads before the clock starts: imports, lazy tables and caches are filled then.
WARM_UP = 8


def decoded(page):
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return bytes_to_str(page, detect_encoding(page, from_html_meta=True))


def trafilatura():
    from trafilatura import bare_extraction

    def read(page):
        found = bare_extraction(page, with_metadata=True, include_comments=False)
        return found and {"text": found.text, "title": found.title, "date": found.date, "authors": found.author}

    return lambda page: page, read


def readability():
    from readability import Document

    def read(page):
        document = Document(page)
        return {"html": document.summary(html_partial=True), "title": document.short_title()}

    return decoded, read


def newspaper():
    from newspaper import Article, Config

    config = Config()
    config.fetch_images = False
    config.follow_meta_refresh = False

    def read(page):
        article = Article("https://news.example/", config=config)
        article.download(input_html=page)
        article.parse()
        date = article.publish_date
        return {
            "text": article.text,
            "title": article.title,
            "date": date and date.isoformat(),
            "authors": article.authors,
        }

    return decoded, read


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def read(page):
        tree = HTMLTree.parse(page)
        text = extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False)
        return {"text": text, "title": tree.title}

    return decoded, read


def parse_lexbor():
    from resiliparse.parse.html import HTMLTree

    def read(page):
        HTMLTree.parse(page)

    return decoded, read


TOOLS = {
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "resiliparse": resiliparse,
    "parse-lexbor": parse_lexbor,
}


def page_bytes(path):
    data = Path(path).read_bytes()
    return gzip.decompress(data) if path.endswith(".gz") else data


def peak_memory():
    """Most memory that this process has held, in kB; None where the kernel keeps no account of it."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)


def main(tool, list_path, predictions_path, times_path):
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    prepare, read = TOOLS[tool]()
    paths = Path(list_path).read_text().split("\n")[:-1]
    with open(predictions_path, "w", encoding="utf-8") as predictions, open(times_path, "w", encoding="utf-8") as times:
        for number, path in enumerate(paths[:WARM_UP] + paths):
            page = page_bytes(path)
            given = prepare(page)
            size = len(given.encode("utf-8", "replace")) if tool.startswith("parse-") else len(page)
            start = time.process_time_ns()
            try:
                found, outcome = read(given), "ok"
            except Exception:  # a page that a tool cannot read is its failure, not ours
                found, outcome = None, "failed"
            cost = time.process_time_ns() - start
            if number < WARM_UP:
                continue
            if found:
                predictions.write(json.dumps({"id": path, **found}) + "\n")
            times.write(f"{path}\t{size}\t{cost}\t{outcome}\n")
        if peak := peak_memory():
            times.write(f"peak\t{peak}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
