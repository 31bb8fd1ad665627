"""How much of contracts' text is read out of their PDFs, beside PDFium, and pdftotext where poppler is installed."""

import io
import json
import lzma
import re
import shutil
import statistics
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2

from readers.read import read_file
from readers.result import Limits


def measure(data_folder: Path) -> dict[str, float]:
    """How much of the contracts' text is read, by ours and by PDFium and pdftotext alone; and who reads more of each.

    A document is below another reader where fewer of its word triples were read; those that are are printed.
    """
    folder = data_folder / "cuad"
    texts = _texts(folder)
    words: dict[str, list[float]] = {"ours": [], "pdfium": [], "pdftotext": []}
    letters: dict[str, list[float]] = {name: [] for name in words}
    for path in sorted([*folder.glob("pdf/*.pdf"), *folder.glob("pdf-large/*.pdf")]):
        if path.stem not in texts:
            continue
        text = texts[path.stem]
        for name, read in _readings(path).items():
            words[name].append(_recall(_triples(read), _triples(text)))
            letters[name].append(_recall(_fives(read), _fives(text)))
            if name != "ours" and words[name][-1] > words["ours"][-1]:
                print(f"{path.name}: {name} reads {words[name][-1]:.4f}, ours {words['ours'][-1]:.4f}")
    others = [name for name in words if name != "ours" and words[name]]
    below = {name: _below(words["ours"], words[name]) for name in others}
    below_in_letters = [_below(letters["ours"], letters[name]) for name in others]
    return {
        **{f"{name}_3gram_recall_mean": statistics.mean(words[name]) for name in others},
        **{f"{name}_5gram_recall_mean": statistics.mean(found) for name, found in letters.items() if found},
        **{f"pdf_documents_below_{name}": sum(each) for name, each in below.items()},
        "pdf_documents_below_best": sum(map(any, zip(*below.values(), strict=True))),
        "pdf_documents_below_best_by_letters": sum(map(any, zip(*below_in_letters, strict=True))),
        "ours_5gram_recall_worst": min(letters["ours"]),
        "pdf_documents": len(words["ours"]),
        "pdf_3gram_recall_worst": min(words["ours"]),
        "pdf_3gram_recall_mean": statistics.mean(words["ours"]),
    }


def _below(ours: list[float], others: list[float]) -> list[bool]:
    return [own < other for own, other in zip(ours, others, strict=True)]


def _readings(path: Path) -> dict[str, str]:
    """A PDF's text by each reader that there is, ours first."""
    parsed = read_file(io.BytesIO(path.read_bytes()), path.name, Limits(), io.BytesIO())
    found = {"ours": "\n".join(parsed.pages), "pdfium": _by_pdfium(path)}
    return found | ({"pdftotext": _by_pdftotext(path)} if shutil.which("pdftotext") else {})


def _texts(folder: Path) -> dict[str, str]:
    with lzma.open(folder / "contracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        return {found["id"]: found["text"] for found in map(json.loads, lines)}


def _by_pdfium(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _by_pdftotext(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode("utf-8", "replace")


def _recall(found: Counter[Any], wanted: Counter[Any]) -> float:
    return sum(min(number, found[triple]) for triple, number in wanted.items()) / max(1, wanted.total())


def _triples(text: str) -> Counter[tuple[str, str, str]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _fives(text: str) -> Counter[str]:
    """Runs of five characters, spaces left out."""
    letters = "".join(text.lower().split())
    return Counter(letters[at : at + 5] for at in range(len(letters) - 4))
