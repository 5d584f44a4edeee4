from __future__ import annotations

import re
from functools import lru_cache

from ats.common.degrees import degree_named

FIELDS = (
    "Applied Sciences?|Business Administration|Computer Applications|Computer Science|Fine Arts|"
    "Public Administration|"
    r"Public Health|Public Policy|Social Sciences?|Social Work|[A-Z]\w+(?:\ Administration)?"
)
# A degree as people write it; what follows it ("of Science") belongs to it, its subject does not.
DEGREE = re.compile(
    rf"""(?<![\w.])(?:
      (?:Bachelor|Master|Doctor|Associate|BACHELOR|MASTER|DOCTOR|ASSOCIATE)(?:['’]?[sS])?
          (?:\ (?:degree|Degree)|\ (?:of|OF|in\ the)\ (?:{FIELDS}))?
    | Doctorate | Ph\.?\ ?D\.? | PHD | D\.?Phil\.? | [EM]?MBA | M\.?B\.?A\. | BBA | LL\.?[BM]\.?
    | Dr\.\ rer\.\ nat\. | Dr\.-Ing\.
    | [BM]\.?\ ?(?:Sc|Eng|Tech|Com|A|S|E|Ed|Arch|Phil|Res|FA|CS|CA|PH|PA|PP|IS|IM|SE|
          SCS|SEE|SCI|ENG|SC|ASc|Math|Mus)(?:CS|EE)?\.?(?:\ ?\([Hh]ons\.?\))?
    | S\.B\. | S\.M\. | A\.B\. | A\.?\ ?A\.?\ ?S\.? | A\.A\.
    | [Dd]iplom(?:-[A-Z]\w+|arbeit)?(?!a) | Staatsexamen | Magister | Abitur | Fachabitur | Matura
    | Licence(?:\ professionnelle)? | Mastère | Ma[iî]trise | Doctorat
    | Diplôme\ d['’]ingénieur | Baccalauréat | BTS | DUT | BUT
    | Licenciatura | Licenciad[oa] | Grado | M[áa]ster(?:\ Universitario)? | Maestría
    | Doctorado | Bachillerato
    | Bacharelado | Mestrado | Doutora(?:do|mento)
    | Laurea(?:\ (?:triennale|magistrale|Triennale|Magistrale))? | Dottorato
    | Бакалавр(?:иат)? | бакалавр(?:иат)? | Магистр(?:атура)? | магистр(?:атура)? | Специалитет
    | High\ School\ Diploma | HIGH\ SCHOOL\ DIPLOMA | Diploma
    )(?![\w])""",
    re.VERBOSE,
)
HAN = re.compile(
    r"""(?:博士|硕士|碩士)(?:研究生|班)?(?:(?:学位|學位)(?!证|論|论))?(?:課程|课程)?
    | 修士(?:課程)? | 博士(?:前期|後期)課程 | 硕博连读 | 直博生?
    | (?:副|準|短期大)?[学學]士(?:[学學]位)? | 本科
    | 大[专專] | [专專]科 | 高[职職] | 研究生 | 高中(?!生) | 中[专專]
    | (?:전문)?학사 | 석사 | 박사""",
    re.VERBOSE,
)
NOT_ONE = re.compile(
    r"博士(?:后|後研究|生?导师)|研究生(?:院|会|部|处)|硕士生?导师|"
    r"(?:master|bachelor)(?:'s|’s)?[ -]?(?:thesis|arbeit)|"
    r"(?:Bachelor|Master|Diplom)arbeit|(?:博士|硕士|学士|修士|碩士|學士)(?:学位|學位)?(?:论文|論文|証書|证书)|"
    r"associate (?:professor|dean|editor)|"
    r"(?:bachelor|master)(?:'s|’s)? project|high school diploma",
    re.IGNORECASE,
)
# These are also states of America: "Cambridge, MA", "Jackson, MS 39201".
STATE = re.compile(r"(?<=[a-z], )(?:MA|MS)(?=$|[\s,|)]*(?:$|[\d,|(–]|USA?\b|United))")


@lru_cache(maxsize=4096)
def degrees(text: str) -> tuple[re.Match[str], ...]:
    """The degrees that a text names, as they are written, in its order."""
    plain = STATE.sub("##", NOT_ONE.sub(lambda match: "#" * len(match[0]), text))
    found = [*DEGREE.finditer(plain), *HAN.finditer(plain)]
    named = (match for match in found if degree_named(match[0]))
    return tuple(sorted(named, key=lambda match: match.start()))


def degree(text: str) -> str:
    """The first degree that a text names, as it is written; "" when it names none."""
    return next((match[0].strip() for match in degrees(text)), "")
