from __future__ import annotations

import re

# A degree as people write it; what follows it ("of Science") belongs to it, its subject does not.
DEGREE = re.compile(
    r"""(?<![\w.])(?:
      (?:Bachelor|Master|Doctor|Associate)(?:'s|’s)?(?:\ degree|\ of\ [A-Z]\w+(?:\ Administration)?)?
    | Ph\.?\ ?D\.? | D\.?Phil\.? | MBA | LL\.?[BM]\.?
    | [BM]\.?\ ?(?:Sc|Eng|Tech|A|S|E|Ed|Arch|Phil)(?:CS|EE)?\.?(?:\ ?\(Hons\))?
    | BSCS | BSEE | MSCS | MSEE
    | 博士(?:研究生|学位)? | 硕士(?:研究生|学位)? | 学士(?:学位)? | 本科 | 大专 | 专科 | 研究生
    )(?![\w])""",
    re.VERBOSE,
)
HAN = re.compile(r"博士(?:研究生)?|硕士(?:研究生)?|学士|本科|大专|专科|研究生")


def degree(text: str) -> str:
    """The first degree that a text names, as it is written; "" when it names none."""
    match = DEGREE.search(text) or HAN.search(text)
    return match[0].strip() if match else ""
