from tests.routes.notation import staff

RULES = {"campaign": "<campaigns>", "tree": {"kind": "degree", "params": {"least": "master"}}}
QUESTIONS = {"posting": "<postings>", "questions": [{"key": "why", "kind": "text", "label": "Why?"}]}
ACCEPTANCE = {"postings": ["<postings>"]}

ROUTES = (
    staff("GET rules/", viewer=200),
    staff("POST rules/", RULES, recruiter=201, stranger=400),
    staff("GET rules/<pk>/", viewer=200),
    staff("POST rules/<pk>/rejudge/", recruiter=200),
    staff("POST rules/preview/", RULES, recruiter=200, stranger=400),
    staff("GET rules/counts/?campaign=<campaigns>", viewer=200, stranger=400),
    staff("GET rules/proposals/?campaign=<campaigns>", viewer=200, stranger=400),
    staff("POST rules/proposals/accept/", ACCEPTANCE, recruiter=400, stranger=400),  # nothing is proposed
    staff("GET verdicts/", interviewer=200),
    staff("GET verdicts/<pk>/", interviewer=200),
    staff("GET referral-codes/", recruiter=200),
    staff("POST referral-codes/", {"code": "spring"}, recruiter=201),
    staff("GET referral-codes/<pk>/", recruiter=200),
    staff("PATCH referral-codes/<pk>/", {"is_active": False}, recruiter=200),
    staff("DELETE referral-codes/<pk>/", recruiter=204),
    staff("GET question-sets/", viewer=200),
    staff("POST question-sets/", QUESTIONS, recruiter=201, stranger=400),
    staff("GET question-sets/<pk>/", viewer=200),
)
