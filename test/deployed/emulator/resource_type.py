"""A CloudFormation type in a few words about its service's own API.

Which operation makes the resource, which deletes it, and what `Ref` and `Fn::GetAtt` give. Every operation goes through
boto3 to moto's own service, so that botocore checks the parameters and moto keeps what its API gives back.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any, Callable

import boto3
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException

Json = dict[str, Any]


@dataclass
class Resource:
    """What moto's stacks keep of a resource, under the names by which they ask for it."""

    kind: "Type"
    name: str
    properties: Json
    account_id: str
    region: str
    physical_resource_id: str = ""
    attributes: Json = field(default_factory=dict)

    def call(self, operation: str, region: str | None = None, **parameters: Any) -> Json:
        """Calls the service with those of the parameters that the operation has."""
        client = boto3.client(self.kind.service, region_name=region or self.region)
        model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
        given = {key: value for key, value in parameters.items() if value is not None}
        print(f"CALL {self.kind.service}:{model.name}", file=sys.stderr, flush=True)
        return getattr(client, operation)(**fit(model.input_shape, given))

    def get_cfn_attribute(self, attribute: str) -> Any:
        if attribute not in self.attributes:
            raise UnformattedGetAttTemplateException()
        return self.attributes[attribute]

    def delete(self, _account_id: str, _region: str) -> None:
        if self.kind.delete:
            self.kind.delete(self)

    def is_created(self) -> bool:
        return True


@dataclass(frozen=True)
class Type:
    """A CloudFormation type. `create` gives the answer of the service, from which `ref` and `attributes` are taken."""

    type: str
    service: str
    create: Callable[[Resource], Json]
    ref: Callable[[Resource, Json], str] = lambda resource, _: resource.name
    attributes: Callable[[Resource, Json], Json] = lambda *_: {}
    # Without it, an update makes the resource anew, under a new id.
    update: Callable[[Resource], Any] | None = None
    # Properties that CloudFormation's reference says "Update requires: Replacement" of.
    fixed: tuple[str, ...] = ()
    delete: Callable[[Resource], Any] | None = None
    # Property that names the resource; the others are named after the stack.
    name: str = ""

    def register(self) -> None:
        parsing.get_model_map()[self.type] = self
        # The first of a type tells how it is named.
        parsing.get_model_list().insert(0, self)

    def cloudformation_type(self) -> str:
        return self.type

    def cloudformation_name_type(self) -> str:
        return self.name

    def has_cfn_attr(self, _attribute: str) -> bool:
        return True

    def create_from_cloudformation_json(self, name, template, account_id, region, **_: Any) -> Resource:
        resource = Resource(self, name, with_secrets(template["Properties"], region), account_id, region)
        answer = self.create(resource) or {}
        resource.physical_resource_id = self.ref(resource, answer)
        resource.attributes = self.attributes(resource, answer)
        return resource

    def update_from_cloudformation_json(
        self, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ) -> Resource:
        after = cloudformation_json["Properties"]
        if self.update is None or any(after.get(key) != original_resource.properties.get(key) for key in self.fixed):
            # The one before is deleted when the whole stack is through.
            return self.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)
        original_resource.properties = after
        self.update(original_resource)
        return original_resource


REFERENCE = re.compile(r"\{\{resolve:secretsmanager:(.+?):SecretString:[^}]*\}\}")


def with_secrets(value: Any, region: str) -> Any:
    """CloudFormation reads secrets where a property refers to one; moto takes the reference itself for the value."""
    if isinstance(value, dict):
        return {key: with_secrets(part, region) for key, part in value.items()}
    if isinstance(value, list):
        return [with_secrets(part, region) for part in value]
    if not isinstance(value, str):
        return value
    client = boto3.client("secretsmanager", region_name=region)
    return REFERENCE.sub(lambda found: client.get_secret_value(SecretId=found[1])["SecretString"], value)


def fit(shape: Any, value: Any) -> Any:
    """CloudFormation's value in the form of the API: numbers and booleans may come as text, names begin differently."""
    if shape.type_name == "structure":
        members = {name.lower(): (name, member) for name, member in shape.members.items()}
        known = [(members[key.lower()], part) for key, part in value.items() if key.lower() in members]
        return {name: fit(member, part) for (name, member), part in known}
    if shape.type_name == "list":
        return [fit(shape.member, part) for part in value]
    if shape.type_name == "map":
        pairs = value.items() if isinstance(value, dict) else [(tag["Key"], tag["Value"]) for tag in value]
        return {key: fit(shape.value, part) for key, part in pairs}
    if shape.type_name == "boolean":
        return str(value).lower() == "true"
    if shape.type_name in ("integer", "long"):
        return int(value)
    if shape.type_name in ("float", "double"):
        return float(value)
    return json.dumps(value) if isinstance(value, dict) else value


def put(operation: str, **renamed: str) -> Callable[[Resource], Json]:
    """Calls the operation with the resource's properties; `renamed`: parameter and the property it is taken from."""

    def call(resource: Resource) -> Json:
        named = {resource.kind.name: resource.name} if resource.kind.name else {}
        properties = {**resource.properties, **named}
        moved = {parameter: properties.get(prop) for parameter, prop in renamed.items()}
        return resource.call(operation, **properties, **moved)

    return call


def answered(key: str) -> Callable[[Resource, Json], str]:
    return lambda _, answer: answer[key]
