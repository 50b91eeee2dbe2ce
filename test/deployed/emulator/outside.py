"""What moto's stacks leave to the tests, which answer at `OUTSIDE_URL`: custom resources, whose functions really run, and the types of Lambda
Web Functions, of which the tests have a stand-in.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from resource_type import Json, Resource, Type

LONGEST_SECONDS = 120


def ask(resource: Resource, request_type: str) -> Json:
    asked = {"requestType": request_type, "type": resource.kind.type, "name": resource.name,
             "physicalId": resource.physical_resource_id, "properties": resource.properties}
    request = urllib.request.Request(os.environ["OUTSIDE_URL"], json.dumps(asked).encode(), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_SECONDS) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise ValidationError(message=f"{resource.name}: {error.read().decode()}") from None


def called(resource: Resource, operation: str) -> None:
    """What CloudFormation calls in the name of the one who deploys."""
    service, name = resource.kind.service, resource.kind.type.rsplit(":", 1)[1]
    if service == "s3" and operation != "Delete":
        operation = "Put"
    asked = "InvokeFunction" if resource.kind is CUSTOM else operation + name
    print(f"CALL {service}:{asked}", file=sys.stderr, flush=True)


def create(resource: Resource) -> Json:
    called(resource, "Create")
    return ask(resource, "Create")


def update(resource: Resource) -> None:
    called(resource, "Update")
    answer = ask(resource, "Update")
    resource.physical_resource_id, resource.attributes = answer["physicalId"], answer["attributes"]


def delete(resource: Resource) -> None:
    called(resource, "Delete")
    ask(resource, "Delete")


def outside(type_: str, service: str = "lambda", **more: Any) -> Type:
    return Type(type_, service, create, lambda _, answer: answer["physicalId"],
                lambda _, answer: answer["attributes"], delete=delete, **more)


CUSTOM = outside("Custom::Resource", update=update)
TYPES = [
    outside("AWS::Lambda::WebFunction", update=update, fixed=("FunctionName",), name="FunctionName"),
    # moto knows no conditions, and would take "refuse what is not encrypted" for "refuse".
    outside("AWS::S3::BucketPolicy", "s3", update=update, fixed=("Bucket",)),
    # Immutable: another one is another revision.
    outside("AWS::Lambda::WebFunctionRevision"),
    outside("AWS::Lambda::WebFunctionEndpoint", update=update, name="EndpointName",
            fixed=("EndpointName", "EndpointType", "FunctionName", "Regions")),
]


def leave_outside() -> None:
    if not os.environ.get("OUTSIDE_URL"):
        return
    for kind in TYPES:
        kind.register()
    parsing.CustomModel = CUSTOM
