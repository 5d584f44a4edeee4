from tests.routes.notation import staff

WORDS = {"subject": "Hello", "text": "Hello {{ candidate.name }}"}
TEMPLATE = {"type": "application.submitted", "language": "zh-hans", **WORDS}

ROUTES = (
    staff("GET endpoints/", recruiter=200),
    staff("POST endpoints/", {"url": "https://hr.example.com/other"}, owner=201),
    staff("GET endpoints/<pk>/", recruiter=200),
    staff("PATCH endpoints/<pk>/", {"description": "Payroll"}, owner=200),
    staff("DELETE endpoints/<pk>/", owner=204),
    staff("GET endpoints/<pk>/secret/", owner=200),
    staff("POST endpoints/<pk>/rotate/", owner=200),
    staff("POST endpoints/<pk>/test/", recruiter=202),
    staff("GET deliveries/", recruiter=200),
    staff("GET deliveries/<pk>/", recruiter=200),
    staff("POST deliveries/<pk>/redeliver/", recruiter=202),
    staff("GET notice-templates/", viewer=200),
    staff("POST notice-templates/", TEMPLATE, recruiter=201),
    staff("GET notice-templates/<pk>/", viewer=200),
    staff("PATCH notice-templates/<pk>/", {"subject": "Good morning"}, recruiter=200),
    staff("DELETE notice-templates/<pk>/", recruiter=204),
    staff("POST notice-templates/preview/", WORDS, recruiter=200),
)
