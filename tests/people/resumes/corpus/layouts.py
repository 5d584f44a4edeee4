"""How people set out a résumé: each layout turns a person into lines, in the words of their language.

A tab parts the cells of a table. What must not be read stands in each of them as well: a trade, a town,
a party, a number that is no telephone, an award, a mark, a referee.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Person = dict[str, Any]
Words = dict[str, Any]
Layout = Callable[[Person, Words], list[str]]


def _more(words: Words) -> list[str]:
    """What follows education everywhere."""
    return [
        *(words["work"], words["post"], words["task"]),
        *(words["skills"], words["skill"]),
        *(words["referees"], *words["referee"]),
    ]


def classic(person: Person, words: Words) -> list[str]:
    courses = [[c["school"], f"{c['degree']}, {c['major']}", c["dates"]] for c in person["courses"]]
    return [
        *(person["name"], f"{person['email']} | {person['phone']}"),
        *(words["education"][0], *(line for lines in courses for line in lines), words["award"]),
        *_more(words),
    ]


def labelled(person: Person, words: Words) -> list[str]:
    sex, value = words["sex"]
    number, digits = words["number"]
    colon, gap = ("：", "　") if words["name"][0] > "\u3000" else (": ", "   ")
    return [
        words["paper"],
        f"{words['name']}{colon}{person['name']}{gap}{sex}{colon}{value}",
        f"{words['phone']}{colon}{person['phone']}{gap}{number}{colon}{digits}",
        f"{words['email']}{colon}{person['email']}",
        words["education"][1],
        *(f"{c['school']} | {c['major']} | {c['degree']} | {c['dates']}" for c in person["courses"]),
        words["mark"],
        *_more(words),
    ]


def table(person: Person, words: Words) -> list[str]:
    return [
        "\t".join((words["name"], person["name"], *words["sex"])),
        "\t".join((*words["party"], words["phone"], person["phone"])),
        "\t".join((*words["number"], words["email"], person["email"])),
        words["education"][2],
        "\t".join((words["period"], words["school"], words["degree"])),
        *("\t".join((c["dates"], c["school"], c["degree"])) for c in person["courses"]),
        *_more(words),
    ]


def trade_first(person: Person, words: Words) -> list[str]:
    return [
        *(words["job"], words["city"], words["party"][1]),
        *(person["name"], person["phone"], person["email"]),
        words["education"][3],
        *(f"{c['degree']}, {c['school']}, {c['dates']}" for c in person["courses"]),
        words["award"],
        *_more(words),
    ]


def bullets(person: Person, words: Words) -> list[str]:
    return [
        f"{words['paper']} - {person['name']}",
        f"{person['phone']} / {person['email']} / {words['city']}",
        words["education"][4],
        *(f"- {c['school']}, {c['degree']}, {c['dates']}" for c in person["courses"]),
        *_more(words),
    ]


def particulars_first(person: Person, words: Words) -> list[str]:
    courses = [[c["dates"], c["school"], c["degree"]] for c in person["courses"]]
    return [
        *(words["contact"], f"{words['name']}: {person['name']}", f"{words['phone']}: {person['phone']}"),
        *(f"{words['email']}: {person['email']}", ": ".join(words["number"])),
        *(words["skills"], words["skill"]),
        *(words["education"][0], *(line for lines in courses for line in lines)),
        *(words["work"], words["post"]),
    ]


def one_line(person: Person, words: Words) -> list[str]:
    return [
        f"{person['name']} {person['phone']} {person['email']}",
        *(words["work"], words["post"], words["task"]),
        words["education"][1],
        *(f"{c['dates']} {c['school']} {c['major']} {c['degree']}" for c in person["courses"]),
        *(words["referees"], *words["referee"]),
    ]


def form(person: Person, words: Words) -> list[str]:
    """All in one table, without a section: only the last course is said."""
    course = person["courses"][0]
    rows = [
        (words["name"], person["name"]),
        (words["sex"][0], words["sex"][1]),
        (words["party"][0], words["party"][1]),
        (words["phone"], person["phone"]),
        (words["email"], person["email"]),
        (words["school"], course["school"]),
        (words["degree"], course["degree"]),
        (words["period"], course["dates"]),
    ]
    return [f"{label}\t{value}" for label, value in rows] + [words["work"], words["post"]]


def remarks(person: Person, words: Words) -> list[str]:
    """Each course with its award and its mark below it."""
    courses = [
        [
            f"{c['school']}\t{c['dates']}",
            f"{c['degree']} {c['major']}",
            f"- {words['award']}",
            f"- {words['mark']}",
        ]
        for c in person["courses"]
    ]
    return [
        *(
            person["name"],
            words["job"],
            f"{words['email']}: {person['email']} | {words['phone']}: {person['phone']}",
        ),
        *(words["education"][2], *(line for lines in courses for line in lines)),
        *_more(words),
    ]


def columns(person: Person, words: Words) -> list[str]:
    """Two columns, of which a reader gives one after the other."""
    return [
        *(person["name"], words["job"]),
        *(person["email"], person["phone"]),
        words["education"][3],
        *(c["school"] for c in person["courses"]),
        *(c["degree"] for c in person["courses"]),
        *(c["dates"] for c in person["courses"]),
        *_more(words),
    ]


LAYOUTS: tuple[Layout, ...] = (
    *(classic, labelled, table, trade_first, bullets),
    *(particulars_first, one_line, form, remarks, columns),
)
