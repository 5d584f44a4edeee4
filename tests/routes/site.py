from tests.routes.notation import site

ROUTES = (
    site("GET ", everybody=302),
    site("GET careers/", everybody=200),
    site("GET careers/<pk=postings>/", everybody=200),
    site("GET sitemap.xml", everybody=200),
    site("GET livez", everybody=200),
    site("GET readyz", everybody=200),
    site("GET backlogz", everybody=200),
    site("GET unsubscribe/<token>/", everybody=200),
    site("POST unsubscribe/<token>/", everybody=200),
    site("GET api/schema/", everybody=200),
    site("GET api/docs/", everybody=200),
    site("GET mailbox/", everybody=200),
    site("GET mailbox/messages.json", everybody=200),
    site("GET mailbox/<key>", everybody=200),
    site("GET mailbox/<key>/html", everybody=200),
)
