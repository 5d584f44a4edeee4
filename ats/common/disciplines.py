from __future__ import annotations

# The thirteen disciplines of Chinese degrees, which sort foreign majors as well: names in English
# and Chinese, then the words of a major that name it, in both languages.
DISCIPLINES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "medicine": ("medicine", "医学", ("medic", "pharm", "nursing", "clinical", "医", "药", "护理")),
    "agriculture": ("agriculture", "农学", ("agric", "forest", "veterin", "农", "林学", "动物医")),
    "law": ("law", "法学", ("law", "legal", "politic", "sociolog", "法学", "法律", "政治", "社会学")),
    "education": ("education", "教育学", ("education", "pedagog", "sport", "教育", "体育")),
    "history": ("history", "历史学", ("history", "archaeolog", "历史", "考古")),
    "philosophy": ("philosophy", "哲学", ("philosoph", "哲学", "逻辑学")),
    "art": ("art", "艺术学", ("art ", "arts", "design", "music", "film", "艺术", "设计", "音乐", "美术")),
    "management": (
        "management",
        "管理学",
        ("management", "business", "accounting", "marketing", "logistics", "管理", "会计", "营销"),
    ),
    "economics": ("economics", "经济学", ("econom", "financ", "trade", "insurance", "经济", "金融", "贸易")),
    "engineering": (
        "engineering",
        "工学",
        (
            "engineer", "computer", "software", "electr", "automation", "mechanic", "robot", "cyber",
            "artificial intelligence", "information security", "architecture", "计算机", "软件", "电子",
            "自动化", "机械", "人工智能", "信息安全", "网络空间", "通信", "工程", "建筑",
        ),
    ),
    "science": (
        "science",
        "理学",
        ("math", "physic", "chemi", "biolog", "statist", "geograph", "science", "数学", "物理", "化学",
         "生物", "统计", "地理", "天文"),
    ),
    "literature": (
        "literature",
        "文学",
        ("literature", "language", "linguist", "journalis", "english", "文学", "语言", "英语", "新闻"),
    ),
    "military": ("military science", "军事学", ("military", "军事")),
}  # fmt: skip


def discipline_of(major: str) -> str:
    """The discipline that the words of a major name, "" when they name none.

    The order decides: computer science is engineering, political science is law.
    """
    folded = f"{major.casefold()} "
    telling = (code for code, (_, _, words) in DISCIPLINES.items() if any(word in folded for word in words))
    return next(telling, "")
