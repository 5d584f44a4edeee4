from tests.routes.notation import staff

VIEW = {"name": "Mine", "query": {"state": "active"}}
TWINS = {"kept": "<candidates>", "merged": "<twin>"}
PEOPLE = {"posting": "<postings>", "people": [{"name": "Li Na", "email": "li.na@example.com"}]}

LIST = {"kind": "applicants", "posting": "<postings>", "file": b"Name\nLi Na\n"}

ROUTES = (
    staff("GET imports/", recruiter=200),
    staff("POST imports/", LIST, recruiter=201, stranger=400),
    staff("GET imports/<pk>/", recruiter=200),
    staff("POST imports/<pk>/mapping/", {"mapping": {"email": "Mail"}}, recruiter=200),
    staff("POST imports/<pk>/run/", {"dry_run": True}, recruiter=202),
    staff("POST imports/<pk>/cancel/", recruiter=200),
    staff("GET applications/counts/", interviewer=200),
    staff("GET applications/count/", interviewer=200),
    staff("GET applications/export/", recruiter=200),
    staff("POST applications/import/", PEOPLE, recruiter=201, stranger=400),
    staff("GET saved-views/", interviewer=200),
    staff("POST saved-views/", VIEW, interviewer=201),
    staff("GET saved-views/<pk>/", interviewer=200),
    staff("PATCH saved-views/<pk>/", {"name": "Everybody"}, owner=200),  # the owner's, which is shared
    staff("DELETE saved-views/<pk>/", owner=204),
    staff("GET queue/", recruiter=200),
    staff("DELETE queue/<pk>/", owner=204, but={"recruiter": 404}),  # held by the owner
    staff("POST queue/next/", {"filter": {"state": "active"}}, recruiter=200),
    staff("GET duplicates/", recruiter=200),
    staff("GET distinctions/", recruiter=200),
    staff("POST distinctions/", {"one": "<candidates>", "other": "<twin>"}, recruiter=201, stranger=404),
    staff("GET distinctions/<pk>/", recruiter=200),
    staff("DELETE distinctions/<pk>/", recruiter=204),
    staff("GET merges/", recruiter=200),
    staff("POST merges/", TWINS, recruiter=201, stranger=404),
    staff("GET merges/<pk>/", recruiter=200),
    staff("POST merges/<pk>/undo/", recruiter=200),
)
