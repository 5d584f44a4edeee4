"""What the real résumés state, read by eye. A file that is refused or unreadable states nothing."""

from __future__ import annotations

from ats.people.resumes.scoring import Stated
from tests.processes import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "resumes"
LAYOUTS = (
    "Classic",
    "Ember",
    "Engineeringclassic",
    "Engineeringresumes",
    "Harvard",
    "Ink",
    "Moderncv",
    "Opal",
    "Sb2nov",
)
BERKELEY, SHANGHAI = "University of California, Berkeley", "Shanghai Jiao Tong University"


def _states(name: str, email: str, phone: str, *courses: tuple[str, str, str]) -> Stated:
    return {"name": name, "email": email, "phone": phone, "courses": list(courses)}


JANE = ("Jane Developer", "jane.developer@example.com", "(555) 123-4567")
OCTOCAT = _states("八爪猫", "octocat@github.com", "(123)456-7890", ("八爪科技大学", "本科", "2024-06"))
PAIRS = {
    "Accountant": _states(
        *("Ebony Moore", "emoore@email.com", "206-555-0149"),
        ("Cloverfield College", "Bachelor of Business Administration", ""),
    ),
    "Desktop_Support": _states(
        *("Ivy Haddington", "ihaddington@email.com", "587-555-0176"), ("Big Sky University", "B.S.", "")
    ),
    "Office_Coordinator": _states(
        *("John Smith", "jsmith@email.com", "771-555-0100"),
        ("Northwest Chicago University", "Bachelor's", ""),
    ),
}
STATED: dict[str, Stated] = {
    "deedy_resume.pdf": _states(
        *("Gao Ce", "whoami@whoareyou.com", "1111 1111 111"),
        (SHANGHAI, "MEng", "2019-03"),
        (SHANGHAI, "BE", "2016-09"),
    ),
    "derived_zh_lapiscv.docx": OCTOCAT,
    "derived_zh_lapiscv.odt": OCTOCAT,
    "hackmyresume_modern.json": _states(
        *("Jane Q. Fullstacker", "jdoe@onecoolstartup.io", "1-650-999-7777"),
        ("Cornell University", "", "2008-05"),
        ("Medfield College", "", "2005-06"),
    ),
    "hackmyresume_modern.pdf": _states(  # which shows neither address nor number
        *("Jane Q. Fullstacker", "", ""),
        ("Cornell University", "BSCS", "2008-05"),
        ("Medfield College", "", "2005-06"),
    ),
    "hrhelper_sample.pdf": _states(
        "ALEX JOHNSON", "alex.johnson@example.com", "+1 (555) 987-6543", ("MIT", "B.S.", "")
    ),
    "jsonresume_complete.json": _states(
        *JANE,
        (BERKELEY, "Bachelor of Science", "2018-05-15"),
        ("Stanford University", "Master of Science", "2020-06-15"),
    ),
    "jsonresume_new-grad.json": _states(
        *("Maya Okonkwo", "maya.okonkwo@example.com", "(206) 555-0142"),
        ("University of Washington", "Bachelor of Science", "2025-06-01"),
    ),
    "jsonresume_sample.json": _states(*JANE, (BERKELEY, "Bachelor of Science", "2018-05-15")),
    "opencats_test.rtf": _states("", "", ""),
    "openresume_laverne.pdf": _states(
        *("Leo Leopard", "lleopard@laverne.edu", "(909) 555-5555"),
        ("University of La Verne", "Bachelor of Arts", "2016-06"),
    ),
    "openresume_sample.pdf": _states(
        *("John Doe", "hello@openresume.com", "123-456-7890"),
        ("XYZ University", "Bachelor of Science", "2023-05"),
    ),
    **{
        f"rendercv_{layout}.pdf": _states(
            *("John Doe", "john.doe@email.com", ""),
            ("Princeton University", "PhD", "2023-05"),
            ("Boğaziçi University", "BS", "2018-06"),
        )
        for layout in LAYOUTS
    },
    **{f"soupboss_01-{pair}.{kind}": stated for pair, stated in PAIRS.items() for kind in ("docx", "pdf")},
    "soupboss_Mickey01.docx": _states(
        *("Mickey Mouse", "", "123-456-7890"),
        ("Kyiv College of Information Systems and Technologies", "Bachelor of Science", ""),
    ),
    "soupboss_sample.txt": _states(
        *("John Smith", "john.smith@email.com", "(555) 123-4567"), (BERKELEY, "Bachelor of Science", "")
    ),
    "zh_lapiscv_template-cn.md": OCTOCAT,
    "zh_typst_orangex4.pdf": _states(
        "某某", "liming@example.com", "(+86) 133-3333-3333", ("某某大学", "", "2024-06")
    ),
}
# What becomes of the others.
NOT_READ = {
    "hackmyresume_modern.doc": "type_unknown",
    "jsonresume_schema.json": "not_json_resume",
    "opencats_test.doc": "doc_not_read_here",  # where no program of the system reads old Word files
    "zh_deedy_resume-cn.pdf": "letters_lost",
}
