from tests.routes.notation import me

CONSENT = {"organisation": "<organisation>", "purpose": "talent_pool", "version": "<consent-version>"}
RANKING = {"applications": ["<applications>"]}
SEASON = "organisation=<organisation>&campaign=<season>"

ROUTES = (
    me("GET me/", accounts=200),
    me("PATCH me/", {"name": "Li Na"}, accounts=200),
    me("GET me/profile/", accounts=200),
    me("PUT me/profile/", {"basics": {"name": "Li Na"}}, accounts=200),
    me("GET me/applications/", accounts=200),
    me("POST me/applications/", {"posting": "<postings>"}, accounts=409, candidates=201),  # 409: no profile
    me("GET me/applications/<pk>/", candidate=200),
    me("POST me/applications/<pk=hopeful>/withdraw/", candidate=200),
    me("GET me/offers/", accounts=200),
    me("GET me/offers/<pk=extended>/", candidate=200),
    me("POST me/offers/<pk=extended>/accept/", candidate=200),
    me("POST me/offers/<pk=extended>/decline/", candidate=200),
    me("GET me/interviews/", accounts=200),
    me("GET me/interviews/<pk>/", candidate=200),
    me("GET me/interviews/<pk=invitation>/slots/", candidate=200),
    me("POST me/interviews/<pk=invitation>/slot/", {"slot": "<interview-slots>"}, candidate=200),
    me("POST me/interviews/<pk>/confirm/", candidate=200),
    me("GET me/calendars/", accounts=200),
    me("POST me/calendars/", {"name": "Phone"}, accounts=201),
    me("DELETE me/calendars/<pk>/", candidate=204),
    me("GET me/notices/", accounts=200),
    me("GET me/notices/<pk>/", candidate=200),
    me("PATCH me/notices/<pk>/", {"digest": True}, candidate=200),
    me(f"GET me/preferences/?{SEASON}", accounts=200),
    me(f"PUT me/preferences/?{SEASON}", RANKING, accounts=404, candidate=200),
    me("GET me/resumes/", accounts=200),
    me("POST me/resumes/", b"Li Na", accounts=201),
    me("GET me/resumes/<pk>/", candidate=200),
    me("DELETE me/resumes/<pk>/", candidate=204),
    me("POST me/resumes/<pk>/accept/", {"fields": ["name"]}, candidate=200),
    me("GET me/resumes/<pk>/file/", candidate=200),
    me("GET me/consents/", accounts=200),
    me("POST me/consents/", CONSENT, accounts=404, candidate=201),
    me("DELETE me/consents/<pk>/", candidate=204),
    me("GET me/access-log/", accounts=200),
    me("GET me/export/", accounts=200),
    me("GET me/export/archive/", accounts=200),
    me("POST me/rectification/", accounts=200),
    me("POST me/erasure/", {"email": "<candidate-email>"}, accounts=400, candidate=204),
    me("GET tokens/", accounts=200),
    me("DELETE tokens/<pk>/", candidate=204),
)
