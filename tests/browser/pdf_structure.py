"""What is inside of PDFs, as JSON: python3 pdf_structure.py FILE...

Only tells what is there, one entry a file; what ought to be there is decided in lib/pdf-flaws.mjs.
"""

import json
import re
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

XMP = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title", "dc:language")
TEXT = {"Tj", "TJ", "'", '"'}
DRAWING = TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
CLIPPING = {"W", "W*"}
NOT_THERE = "\ufffd"


def main(paths):
    json.dump([read(path) for path in paths], sys.stdout)


def read(path):
    try:
        with pikepdf.open(path) as pdf:
            return document(pdf)
    except Exception as error:  # Whatever a broken file does is a finding about it, not the end of the run.
        return {"broken": f"{type(error).__name__}: {error}"}


def document(pdf):
    root = pdf.Root
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    letters = Letters()
    pages = [Page(page, letters) for page in pdf.pages]
    tree = [element(kid, None, pages, numbers) for kid in listed(root.get("/StructTreeRoot", Dictionary()).get("/K"))]
    with pdf.open_metadata() as metadata:
        xmp = {name: plain(metadata.get(name)) for name in XMP}
    with pdf.open_outline() as outline:
        bookmarks = [bookmark(item, numbers) for item in outline.root]
    return {
        "syntax": pdf.check_pdf_syntax(),
        "language": plain(root.get("/Lang")),
        "showsTitle": bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False)),
        "title": plain(pdf.docinfo.get("/Title")),
        "isMarked": bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)),
        "intents": [plain(intent.get("/S")) for intent in root.get("/OutputIntents", Array())],
        "hasScripts": "/OpenAction" in root or "/JavaScript" in root.get("/Names", Dictionary()),
        "xmp": xmp,
        "outline": bookmarks,
        "tree": tree,
        "pages": [page.told() for page in pages],
    }


def element(node, page, pages, numbers):
    """An element of the structure; among its kids, in order, are the texts it holds."""
    page = numbers.get(node["/Pg"].objgen, page) if "/Pg" in node else page
    told = {"tag": plain(node.get("/S")), "kids": [], "objects": 0}
    for key, name in (("/T", "title"), ("/Alt", "alt"), ("/ActualText", "actual")):
        if key in node:
            told[name] = plain(node[key])
    for attributes in listed(node.get("/A")):
        if isinstance(attributes, Dictionary):
            told.update({key[1:].lower(): plain(value) for key, value in attributes.items() if key != "/O"})
    for kid in listed(node.get("/K")):
        if isinstance(kid, int):
            told["kids"].append(content(page, kid, pages))
        elif kid.get("/Type") == Name.MCR:
            other = numbers.get(kid["/Pg"].objgen, page) if "/Pg" in kid else page
            told["kids"].append(content(other, int(kid["/MCID"]), pages))
        elif kid.get("/Type") == Name.OBJR:
            told["objects"] += 1
        else:
            told["kids"].append(element(kid, page, pages, numbers))
    return told


def content(page, number, pages):
    return NOT_THERE if page is None else pages[page].tell(number)


class Page:
    """What is drawn on a page, and how that agrees with the structure."""

    def __init__(self, page, letters):
        self.page = page
        self.found = {}
        self.twice = set()
        self.asked = []
        self.loose = self.clips = 0
        self.marks = []
        self.read(letters)

    def read(self, letters):
        fonts = self.page.resources.get("/Font", Dictionary())
        font = None
        for operands, operator in pikepdf.parse_content_stream(self.page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                self.begin(operands)
            elif name == "EMC":
                self.marks.pop()
            elif name == "Tf":
                font = letters.of(fonts[operands[0]])
            elif name in CLIPPING:
                self.clips += 1
            if name in DRAWING and not any(mark["isTold"] for mark in self.marks):
                self.loose += 1
            if name in TEXT:
                self.write(operands[-1], font)

    def begin(self, operands):
        properties = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
        number = properties.get("/MCID")
        if number is not None:
            number = int(number)
            if number in self.found:
                self.twice.add(number)
            self.found.setdefault(number, "")
        # Text that is said otherwise than it is drawn is said once, and what is drawn below it is not.
        actual = properties.get("/ActualText")
        self.marks.append({"number": number, "isTold": number is not None or operands[0] == Name.Artifact, "isSaid": actual is not None})
        if actual is not None:
            self.add(str(actual))

    def write(self, operand, font):
        if not any(mark["isSaid"] for mark in self.marks):
            strings = [part for part in listed(operand) if isinstance(part, String)]
            self.add("".join(font.get(code, NOT_THERE) for part in strings for code in codes(bytes(part))))

    def add(self, text):
        number = next((mark["number"] for mark in reversed(self.marks) if mark["number"] is not None), None)
        if number is not None:
            self.found[number] += text

    def tell(self, number):
        if number in self.asked:
            self.twice.add(number)
        self.asked.append(number)
        return self.found.get(number, "")

    def told(self):
        return {
            "order": plain(self.page.obj.get("/Tabs")),
            "loose": self.loose,
            "clips": self.clips,
            "left": len(self.marks),
            "untold": sorted(set(self.found) - set(self.asked)),
            "unseen": sorted(set(self.asked) - set(self.found)),
            "twice": sorted(self.twice),
            "links": [link(note) for note in self.page.obj.get("/Annots", Array())],
        }


class Letters:
    """Which letters the codes of each font stand for, as the font itself tells."""

    def __init__(self):
        self.known = {}

    def of(self, font):
        if font.objgen not in self.known:
            self.known[font.objgen] = letters(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else {}
        return self.known[font.objgen]


def letters(table):
    text = table.decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, to in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = units(to)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = units(f"{int(to, 16) + step:0{len(to)}x}")
    return found


def units(digits):
    return bytes.fromhex(digits).decode("utf-16-be", "replace")


def codes(written):
    return [written[at] << 8 | written[at + 1] for at in range(0, len(written) - 1, 2)]


def link(note):
    action = note.get("/A", Dictionary())
    return {
        "kind": plain(note.get("/Subtype")),
        "to": plain(action.get("/URI")),
        "says": plain(note.get("/Contents")),
        "isTagged": "/StructParent" in note,
    }


def bookmark(item, numbers):
    target = item.destination
    if target is None and item.action is not None:
        target = item.action.get("/D")
    page = numbers.get(getattr(target[0], "objgen", None)) if isinstance(target, Array) and len(target) else None
    return {"title": item.title, "page": page, "kids": [bookmark(kid, numbers) for kid in item.children]}


def listed(value):
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def plain(value):
    if isinstance(value, (Array, list, tuple, set)):
        return [plain(part) for part in value]
    if isinstance(value, (Dictionary, Stream)):
        return "?"
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)[1:] if isinstance(value, Name) else str(value)


if __name__ == "__main__":
    main(sys.argv[1:])
