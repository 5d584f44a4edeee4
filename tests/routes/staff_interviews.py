from tests.routes.notation import staff

SLOTS = {
    "stage": "<interviewing>",
    "members": ["<recruiter>"],
    "starts_at": "2099-06-01T09:00:00Z",
    "minutes": 45,
    "count": 2,
}
INVITATION = {"applications": ["<finalist>"], "stage": "<interviewing>"}
TEST = {"stage": "<stages>", "name": "Algorithms"}
RESULT = {"assessment": "<assessments>", "application": "<applications>", "external_id": "x-1", "score": "80"}

ROUTES = (
    staff("GET rooms/", viewer=200),
    staff("POST rooms/", {"name": "Library"}, recruiter=201),
    staff("GET rooms/<pk>/", viewer=200),
    staff("PATCH rooms/<pk>/", {"name": "Library"}, recruiter=200),
    staff("DELETE rooms/<pk>/", recruiter=204),
    staff("GET interview-slots/", viewer=200),
    staff("POST interview-slots/", SLOTS, recruiter=201, stranger=400),
    staff("GET interview-slots/<pk>/", viewer=200),
    staff("PATCH interview-slots/<pk>/", {"members": ["<recruiter>", "<colleague>"]}, recruiter=200),
    staff("DELETE interview-slots/<pk>/", recruiter=204),
    staff("GET interviews/", interviewer=200),
    staff("POST interviews/", INVITATION, recruiter=201, stranger=400),
    staff("GET interviews/<pk>/", recruiter=200, but={"interviewer": 404}),  # given by the recruiter
    staff("GET interviews/<pk>/slots/", recruiter=200),
    staff("POST interviews/<pk>/slot/", {"slot": "<interview-slots>"}, recruiter=200),
    staff("POST interviews/<pk>/cancel/", recruiter=200),
    staff("POST interviews/<pk=begun>/end/", {"outcome": "late"}, recruiter=200, but={"interviewer": 404}),
    staff("GET assessments/", viewer=200),
    staff("POST assessments/", TEST, recruiter=201, stranger=400),
    staff("GET assessments/<pk>/", viewer=200),
    staff("PATCH assessments/<pk>/", {"threshold": "60"}, recruiter=200),
    staff("DELETE assessments/<pk>/", recruiter=204),
    staff("GET assessment-results/", interviewer=200),
    staff("POST assessment-results/", RESULT, recruiter=201, stranger=400),
    staff("GET assessment-results/<pk>/", interviewer=200),
)
