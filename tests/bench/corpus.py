#!/usr/bin/env python3
"""Writes made-up vendor playbooks to measure with.

usage: corpus.py OUT [--vendors 1000] [--shape usual] [--seed 1] [--for partwell|hugo]

The same seed, shape and number give the same bytes. Both tools read the same playbooks; only the home page and
the place of pictures differ. Shapes:

  usual    a filled-in front matter, two pages of prose, tables, tasks, code and links to five other vendors
  huge     one playbook whose body is as long as that of all vendors together (300 of them at most)
  tiny     the least that a playbook needs, and one sentence
  deep     the usual one, eight folders down
  assets   the usual one, each with four pictures of its own
  prose    ten times the prose, and no code
"""
import argparse
import random
from pathlib import Path

SHAPES = ("usual", "huge", "tiny", "deep", "assets", "prose")
FIRST = "Amber Birch Cedar Dover Elm Falcon Granite Heather Iris Juniper Kestrel Linden Maple Nettle Otter Poppy".split()
SECOND = "Bookkeeping Cleaning Courier Drafting Electrical Fitting Gardening Hosting Insurance Joinery Labels Moving".split()
GIVEN = "Ada Ben Cleo Dev Esme Finn Gita Hal Ines Jude Kaya Leo Mara Nils Oona Piet Ravi Sana Tove Umar".split()
FAMILY = "Ames Boyle Chandra Dietz Engel Farrow Gomes Hale Ito Jonas Keller Lund Meyer Nunes Okoro Park".split()
TAGS = "abroad billing events hosting on-site pilot print seasonal shared web".split()
SYSTEMS = ["Web shop", "Mail list", "Stock count", "Pay run", "Chat", "File share", "Help desk", "Door list", "Test shop", "Photo store"]
WANTED = ["A status line each Monday", "A named deputy", "Errors told on the day they are seen", "Drafts two weeks before they are due",
          "Prices held for the year", "Work by named people only", "Invoices by the fifth", "A walk through every half year"]
MADE = ["Monthly report", "Price list", "Picture set", "Stock file", "Floor plan", "Wording guide"]
STEPS = ["Send the notice", "Tell the team", "Name who hands over", "List open orders", "Fetch the files", "Move the pictures", "Change the codes",
         "Close the accounts", "Collect the keys", "Check what is missing", "Sign for the papers", "Pay what is open", "Ask for the certificate",
         "File the contract", "Thank the people"]
SAYINGS = [
    "{name} comes on {day} and leaves a note of what was done.",
    "Whoever is away says so a week ahead, and names who steps in.",
    "Questions go to the contact first; *a second mail* goes to both.",
    "We agreed the order of work in spring, and look at it again in **{month}**.",
    "If a delivery is late, the clock of the next one does not move.",
    "What has been said on the phone is written down the same day -- two lines are enough.",
    "The shared folder has one place for drafts, `drafts/{n}`, and one for what is final.",
    "Small repairs up to {n}00 pounds need no order; larger ones need two signatures.",
    "Their price is fair, the quality good, and the invoices are easy to read.",
    "A visit to the site shows more than a report, so we go there twice a year.",
    "The [terms](https://example.com/terms/{n}) say who keeps the originals.",
    "Nobody shares an account; a new person gets a new one.",
]
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
MONTHS = "March May July September November".split()
CODE = [
    ("bash", '#!/bin/sh\nset -eu\nFROM="drop/{slug}"\nfor file in "$FROM"/*.csv; do\n  # only whole files\n  test -s "$file" || continue\n'
             '  sort -u "$file" > "done/$(basename "$file")"\ndone\necho "$(ls done | wc -l) files"'),
    ("python", 'import csv\n\n\ndef late(path, days={n}):\n    """Orders that came later than agreed."""\n    with open(path, newline="") as lines:\n'
               '        return [row["id"] for row in csv.DictReader(lines) if int(row["days"]) > days]'),
    ("sql", "SELECT month, count(*) AS orders, avg(days) AS mean\nFROM deliveries\nWHERE vendor = '{slug}' AND days > {n}\nGROUP BY month\nORDER BY month DESC;"),
]
FOLDERS = "region/country/town/quarter/street/house/floor"


class Vendor:
    """One vendor; everything about it hangs on the seed and its number alone, and on how many there are."""

    def __init__(self, number, count, shape, seed):
        self.number, self.count, self.shape, self.seed = number, count, shape, seed
        self.chance = random.Random(f"{seed}/{number}")
        self.name = f"{FIRST[number % 16]} {SECOND[number // 16 % 12]} {number:05d}"
        self.slug = self.name.lower().replace(" ", "-")

    @property
    def folder(self):
        return f"{FOLDERS}/{self.number % 50:02d}/" if self.shape == "deep" else ""

    def person(self):
        return f"{self.chance.choice(GIVEN)} {self.chance.choice(FAMILY)}"

    def day(self, first, last):
        return f"{self.chance.randint(first, last)}-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"

    def says(self, sentences):
        pick = self.chance.choice
        said = (pick(SAYINGS).format(name=self.name, day=pick(DAYS), month=pick(MONTHS), n=self.chance.randint(2, 9)) for _ in range(sentences))
        return " ".join(said)

    def front(self):
        if self.shape == "tiny":
            return [f"title: {self.name}", f"vendor: {self.name} Ltd", "status: active", f"owner: {self.person()}",
                    f"contract: {{type: standalone, start: {self.day(2018, 2025)}, term: 12mo, notice: {{client: 30d, to: term_end}}}}"]
        pick, lines = self.chance.choice, []
        status = pick(["active", "active", "active", "onboarding", "exiting"])
        lines += [f"title: {self.name}", f"tags: [{', '.join(sorted(self.chance.sample(TAGS, 3)))}]", "vendor:", f"  name: {self.name} Ltd", "  country: GB", "  kind: company",
                  f"status: {status}", f"tier: {pick(['strategic', 'tactical', 'operational', 'commodity'])}", "owner: lead",
                  "purpose: >-", "  They do what we would do worse and slower ourselves,", "  and leave us free to do it another way."]
        lines += ["contacts:", f"  - {{id: lead, name: {self.person()}, role: owner, side: client, email: lead@shop.example}}"]
        for n, role in enumerate(["account_manager", "practitioner", "escalation", "security"]):
            lines += [f"  - id: p{n}", f"    name: {self.person()}", f"    role: {role}", f"    email: p{n}@{self.slug}.example",
                      f'    phone: "+44 20 7946 0{self.chance.randint(100, 999)}"']
        lines += ["contract:", "  type: standalone", f"  reference: C-{self.number:05d}", f"  start: {self.day(2016, 2025)}", "  term: 12mo",
                  "  renewal: {kind: auto, term: 12mo}", "  notice: {client: 60d, vendor: 60d, to: term_end, method: [email], deemed: 1bd}",
                  f"  value: {{amount: {self.chance.randint(2, 900)}000, currency: GBP, per: year}}"]
        signed = self.day(2016, 2025)
        lines += ["nda:", "  kind: mutual", f"  signed: {signed}", f"  effective: {signed}", "  confidentiality: {lasts: 3y, from: termination}",
                  "  covers: [prices, drafts, customer lists]", "  return: {action: either, within: 30d, certificate: true}"]
        wanted = self.chance.sample(WANTED, 8)
        for side, some, topic in (("of_vendor", wanted[:5], "delivery"), ("of_client", wanted[5:], "resources")):
            lines += (["expectations:"] if side == "of_vendor" else []) + [f"  {side}:"]
            lines += [line for text in some for line in (f'    - text: "{text}"', f"      topic: {topic}")]
        lines.append("slas:")
        for n, kind in enumerate(["quality", "availability", "response", "timeliness", "quality"]):
            lines += [f"  - id: s{n}", f"    name: {pick(MADE)} in time", f"    kind: {kind}",
                      f"    objective: {{op: gte, value: {self.chance.randint(90, 99)}, unit: percent}}", "    window: 1mo"]
        lines += ["communication:", "  cadence: [{phase: ramp_up, every: 1w}, {phase: steady, every: 1mo}]", "access:"]
        lines += [f'  - {{id: a{n}, system: "{system}", kind: account, level: {pick(["read", "edit", "admin"])}, holder: p1, admin: lead}}'
                  for n, system in enumerate(self.chance.sample(SYSTEMS, 8))]
        lines.append("deliverables:")
        for n, made in enumerate(self.chance.sample(MADE, 5)):
            lines += [f"  - id: d{n}", f"    name: {made}", "    format: PDF", "    owner_of_rights: client"]
        lines += ["exit:", "  template: none"]
        if status == "exiting":
            lines += ["  reason: not_renewed", f"  termination_date: 2027-{self.chance.randint(1, 9):02d}-28"]
        lines.append("  steps:")
        lines += [f'    - {{id: x{n}, title: "{step}", when: {5 * n - 60}d, side: {pick(["client", "vendor"])}, owner: lead}}'
                  for n, step in enumerate(STEPS)]
        return lines

    def others(self):
        """Links to five other vendors."""
        for n in range(1, 6):
            other = Vendor((self.number + n * n * 3) % self.count, self.count, self.shape, self.seed)
            path = other.slug + ".md" if not self.folder else f"../{other.folder[-3:]}{other.slug}.md"
            yield f"- [{other.name}]({path}): {self.chance.choice(['shares the data', 'steps in', 'same contract', 'works beside them'])}"

    def body(self, again=""):
        if self.shape == "tiny":
            return [self.says(1)]
        pick, much = self.chance.choice, 10 if self.shape == "prose" else 1
        lines = [f"## How it goes{again}", ""]
        for _ in range(4 * much):
            lines += [self.says(4), ""]
        lines += [f"## The week{again}", "", "| What | When | Who | Left behind |", "| --- | :-: | --- | --- |"]
        lines += [f"| {what} | {pick(DAYS)} | {self.person()} | {pick(['a note', 'a list', '`week.csv`'])} |" for what in ("Call", "Visit", "Count", "Review", "Plan", "Check")]
        lines += ["", self.says(2), "", f"### Rules{again}", ""] + [f"- {self.says(1)}" for _ in range(6)]
        lines += ["", f"## First days{again}", ""] + [f"{n}. {self.says(1)}" for n in range(1, 8)] + [""]
        lines += [f"- [{pick('x ')}] {pick(MADE)}, looked at by *{pick(GIVEN)}*" for _ in range(8)]
        lines += ["", f"> {self.says(1)}", ">", f"> {self.says(1)}", ""]
        if self.shape != "prose":
            for language, code in self.chance.sample(CODE, 1 + self.number % 2):
                lines += [f"## In {language}{again}", "", f"```{language}", *code.replace("{slug}", self.slug).replace("{n}", str(self.chance.randint(2, 30))).split("\n"), "```", ""]
        lines += [f"## What could go wrong{again}", "", "| What | How likely | How bad | What helps |", "| --- | --: | --: | --- |"]
        lines += [f"| {what} | {self.chance.randint(1, 5)} | {self.chance.randint(1, 5)} | {pick(WANTED)} |" for what in ("Someone leaves", "Prices rise", "A leak", "A late order")]
        for _ in range(2 * much):
            lines += ["", self.says(4)]
        return lines + ["", f"## Neighbours{again}", "", *self.others(), ""]

    def text(self, pictures=""):
        lines = ["---", *self.front(), "---", ""]
        if self.shape == "huge":
            for n in range(min(self.count, 300)):
                lines += self.body(f" {n}")
        else:
            lines += self.body()
        if self.shape == "assets":
            lines += ["## Pictures", ""] + [line for n in range(4) for line in (f"![Shelf {n} of {self.name}]({pictures}{self.slug}-{n}.svg)", "")]
        return "\n".join(lines) + "\n"


def picture(slug, n):
    chance = random.Random(f"{slug}/{n}")
    boxes = "".join(f'<rect x="{chance.randint(0, 300)}" y="{chance.randint(0, 200)}" width="20" height="14" fill="#{chance.randint(0, 0xFFFFFF):06x}"/>' for _ in range(120))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 220"><title>Shelf {n}</title>{boxes}</svg>\n'


def write(out, vendors, shape="usual", seed=1, tool="partwell"):
    """Writes a project of a tool: its content, not its templates."""
    vendor_folder = out / "content/vendors"
    files, pictures = (vendor_folder / "files", "files/") if tool == "partwell" else (out / "static/files", "/files/")
    for number in range(1 if shape == "huge" else vendors):
        vendor = Vendor(number, vendors, shape, seed)
        if shape == "huge":
            vendor.others = lambda: iter(())
        page = vendor_folder / vendor.folder / f"{vendor.slug}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(vendor.text(pictures), encoding="utf-8")
        if shape == "assets":
            files.mkdir(parents=True, exist_ok=True)
            for n in range(4):
                (files / f"{vendor.slug}-{n}.svg").write_text(picture(vendor.slug, n), encoding="utf-8")
    if tool == "partwell":
        (out / "handbook.yaml").write_text("title: Vendors\nas_of: 2026-11-21\ntimezone: Europe/London\n")
        (out / "content/index.md").write_text("---\ntitle: Vendors\n---\n")
    else:
        (out / "content/_index.md").write_text("---\ntitle: Vendors\n---\n")
        (vendor_folder / "_index.md").write_text("---\ntitle: All vendors\n---\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--vendors", type=int, default=1000)
    parser.add_argument("--shape", choices=SHAPES, default="usual")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--for", dest="tool", choices=("partwell", "hugo"), default="partwell")
    asked = parser.parse_args()
    write(asked.out, asked.vendors, asked.shape, asked.seed, asked.tool)


if __name__ == "__main__":
    main()
