from tests.routes.notation import public

CHECK = {"facts": {}, "posting": "<postings>"}

ROUTES = (
    public("POST codes/", {"email": "li.na@example.com"}, everybody=202),
    public("POST tokens/", {"email": "<email>", "code": "<code>"}, everybody=201),
    public("GET public/postings/", everybody=200),
    public("GET public/postings/<pk>/", everybody=200),
    public("GET public/consent-texts/", everybody=200),
    public("POST eligibility/check", CHECK, everybody=200),
    public("POST eligibility/check/", CHECK, everybody=200),
    public("GET event-types/", everybody=200),
    public("GET institutions/", everybody=200),
    public("GET rule-kinds/", everybody=200),
    public("GET calendar/<token>.ics", everybody=200),
)
