from tests.routes.notation import staff

NOTE = {"application": "<applications>", "text": "Asks good questions."}
TAGGING = {"applications": ["<applications>"], "tag": "<tags>"}
RULE = {"position": 7, "shares": [{"member": "<recruiter>", "weight": 1}]}
ASSIGNMENT = {"applications": ["<applications>"], "member": "<recruiter>"}
CRITERION = {"stage": "<stages>", "name": "Depth"}
SCORECARD = {"application": "<applications>", "recommendation": "yes"}
DRAFT = {"interviewer": 404, "recruiter": 404}  # the owner's, which nobody else may see

ROUTES = (
    staff("GET notes/", interviewer=200),
    staff("POST notes/", NOTE, interviewer=201, stranger=400),
    staff("GET notes/<pk>/", interviewer=200),
    staff("PATCH notes/<pk>/", {"text": "Asks better questions."}, owner=200),  # the author
    staff("DELETE notes/<pk>/", owner=204),
    staff("GET tags/", viewer=200),
    staff("POST tags/", {"name": "Fast"}, recruiter=201),
    staff("GET tags/<pk>/", viewer=200),
    staff("PATCH tags/<pk>/", {"name": "Fast"}, recruiter=200),
    staff("DELETE tags/<pk>/", recruiter=204),
    staff("GET taggings/", interviewer=200),
    staff("POST taggings/", TAGGING, recruiter=201, stranger=400),
    staff("GET taggings/<pk>/", interviewer=200),
    staff("GET assignment-rules/", recruiter=200),
    staff("POST assignment-rules/", RULE, recruiter=201, stranger=400),
    staff("GET assignment-rules/<pk>/", recruiter=200),
    staff("PATCH assignment-rules/<pk>/", {"is_active": False}, recruiter=200),
    staff("DELETE assignment-rules/<pk>/", recruiter=204),
    staff("GET assignments/", interviewer=200),
    staff("POST assignments/", ASSIGNMENT, recruiter=201, stranger=400),
    staff("GET assignments/<pk>/", interviewer=200),
    staff("GET scorecard-criteria/", viewer=200),
    staff("POST scorecard-criteria/", CRITERION, recruiter=201, stranger=400),
    staff("GET scorecard-criteria/<pk>/", viewer=200),
    staff("PATCH scorecard-criteria/<pk>/", {"name": "Depth"}, recruiter=200),
    staff("DELETE scorecard-criteria/<pk>/", recruiter=204),
    staff("GET scorecards/", interviewer=200),
    staff("POST scorecards/", SCORECARD, recruiter=201, stranger=400),
    staff("GET scorecards/<pk>/", owner=200, but=DRAFT),
    staff("PATCH scorecards/<pk>/", {"comment": "Clear."}, owner=200, but=DRAFT),
    staff("DELETE scorecards/<pk>/", owner=204, but=DRAFT),
    staff("POST scorecards/<pk>/submit/", owner=200, but=DRAFT),
    staff("GET scorecards/summary/?application=<applications>", interviewer=200, stranger=404),
)
