"""Files in a bucket: the same verbs over a real S3-compatible server."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from ats.models import Resume, ResumeState
from ats.people.resumes.queue import read_all
from ats.people.resumes.uploads import delete, receive
from backend.settings import bucket
from tests.factories import a_client, an_account
from tests.people.resumes import files

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[str]:
    """The name of an empty bucket of a server that the environment names, as in production."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given = {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_MAX_ATTEMPTS": "1",
        "S3_ENDPOINT": f"http://{host}:{port}",
        "S3_REGION": "eu-central-1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    region = {"LocationConstraint": "eu-central-1"}
    name = f"intake-{uuid.uuid4().hex}"
    client().create_bucket(Bucket=name, CreateBucketConfiguration=region)
    settings.STORAGES = settings.STORAGES | {"default": bucket(name)}
    yield name
    server.stop()


def client() -> Any:
    return boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"], region_name=os.environ["S3_REGION"])


def stored(store: str) -> list[bytes]:
    listed = client().list_objects_v2(Bucket=store).get("Contents", [])
    return [client().get_object(Bucket=store, Key=row["Key"])["Body"].read() for row in listed]


def test_a_resume_is_kept_read_given_back_and_deleted_in_a_bucket(
    store: str, django_capture_on_commit_callbacks: Any
) -> None:
    account = an_account()
    resume, _ = receive(by=account, name="cv.txt", content=io.BytesIO(files.text()))
    read_all()

    resume.refresh_from_db()
    back = a_client(account).get(f"/api/v1/me/resumes/{resume.pk}/file/")
    assert (resume.state, resume.proposed, stored(store)) == (ResumeState.READ, files.FIELDS, [files.text()])
    assert back.getvalue() == files.text()
    with django_capture_on_commit_callbacks(execute=True):
        delete(Resume.objects.filter(pk=resume.pk))
    assert stored(store) == []


def test_while_the_bucket_is_away_a_resume_waits(
    store: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    resume, _ = receive(by=an_account(), name="cv.txt", content=io.BytesIO(files.text()))
    monkeypatch.setenv("S3_ENDPOINT", "http://127.0.0.1:9")  # where nobody listens
    settings.STORAGES = settings.STORAGES | {"default": bucket(store)}

    read_all()

    resume.refresh_from_db()
    assert (resume.state, resume.attempts) == (ResumeState.PENDING, 0)
