"""An AWS on loopback: moto's server with what it lacks to deploy this repository's stack.

Started by start-emulator.ts. Prints its port, then its log: a line for each request, and moto's warnings.
"""

import gzip
import json
import os
import re
import sys
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from moto.apigateway.models import Deployment
from moto.awslambda.models import LambdaFunction, LambdaVersion, lambda_backends
from moto.firehose.models import FirehoseBackend
from moto.iam.models import IAMBackend, Role, iam_backends
from moto.logs.models import LogGroup
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from moto.secretsmanager.models import SecretsStore
from moto.secretsmanager.utils import get_secret_name_from_partial_arn
from outside import leave_outside
from resource_type import Json
from resource_types import TYPES
from shape_types import SHAPE_TYPES
from update_stack import order_updates


def publish_version(cls, _name, template, account_id, region, **_: Any) -> LambdaVersion:
    published = lambda_backends[account_id][region].publish_version(template["Properties"]["FunctionName"])
    version = cls({"Version": str(published.version)})
    version.physical_resource_id = published.function_arn
    version.get_cfn_attribute = {"Version": version.version, "FunctionArn": published.function_arn}.__getitem__
    return version


def keep_log_group() -> None:
    """moto forgets where a function logs to, and that it is traced."""
    make, describe = LambdaFunction.create_from_cloudformation_json, LambdaFunction.get_configuration

    def made(cls, name, template, *place, **more: Any) -> LambdaFunction:
        function = make(name, template, *place, **more)
        function.tracing_config = template["Properties"].get("TracingConfig", function.tracing_config)
        function.logging_config = template["Properties"].get("LoggingConfig")
        return function

    def described(function: LambdaFunction, *how, **more: Any) -> Json:
        return {**describe(function, *how, **more), "LoggingConfig": getattr(function, "logging_config", None)}

    LambdaFunction.create_from_cloudformation_json = classmethod(made)
    LambdaFunction.get_configuration = described


def attach_managed_policies() -> None:
    """moto makes roles without those that they have by ARN, and leaves them to whoever could take them first."""
    make, delete = Role.create_from_cloudformation_json, IAMBackend.delete_role
    update = Role.update_from_cloudformation_json

    def made(cls, name, template, account_id, region, **more: Any) -> Role:
        role = make(name, template, account_id, region, **more)
        for arn in template["Properties"].get("ManagedPolicyArns", []):
            iam_backends[account_id]["aws"].attach_role_policy(arn, role.name)
        return role

    def updated(cls, original_resource, **more: Any) -> Role:
        changed = update(original_resource=original_resource, **more)
        trust = json.dumps(more["cloudformation_json"]["Properties"]["AssumeRolePolicyDocument"])
        iam_backends[more["account_id"]]["aws"].update_assume_role_policy(changed.name, trust)
        return changed

    def deleted(backend: IAMBackend, name: str) -> None:
        for policy in list(backend.get_role(name).managed_policies.values()):
            policy.detach_from(backend.get_role(name))
        delete(backend, name)

    Role.create_from_cloudformation_json = classmethod(made)
    Role.update_from_cloudformation_json = classmethod(updated)
    IAMBackend.delete_role = deleted


def find_replicas() -> None:
    """moto finds the replica of a secret by its name or its whole ARN, and not by an ARN without its last six characters."""

    def known(store: SecretsStore, key: str) -> str:
        return key if any(secret.arn == key for secret in dict.values(store)) else get_secret_name_from_partial_arn(key)

    for method in ("__getitem__", "__contains__", "get"):
        original = getattr(SecretsStore, method)
        setattr(SecretsStore, method, lambda store, key, original=original: original(store, known(store, key)))


def deliver_by_the_hour() -> None:
    """moto takes the hour in a prefix for text, and compresses nothing."""
    deliver = FirehoseBackend.put_s3_records

    def path(_: FirehoseBackend, name: str, version: str, prefix: str) -> str:
        now = datetime.now(timezone.utc)
        hour = re.sub(r"!\{timestamp:(\w+)\}", lambda found: now.strftime(HOURS[found[1]]), prefix)
        return f"{hour}{name}-{version}-{now:%Y-%m-%d-%H-%M-%S}-{uuid4()}.gz"

    def compressed(backend: FirehoseBackend, name: str, version: str, destination: Json, records: list[Json]) -> Any:
        data = b"".join(record["Data"] for record in records)
        return deliver(backend, name, version, destination, [{"Data": gzip.compress(data)}]) * len(records)

    FirehoseBackend._format_s3_object_path = path
    FirehoseBackend.put_s3_records = compressed


HOURS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H"}


def complete_moto() -> None:
    for kind in [*TYPES, *SHAPE_TYPES]:
        kind.register()
    keep_log_group()
    attach_managed_policies()
    find_replicas()
    deliver_by_the_hour()
    # As CloudFormation gives it: with all that is in the group.
    LogGroup.get_cfn_attribute = lambda group, attribute: {"Arn": f"{group.arn}:*"}[attribute]
    LambdaVersion.create_from_cloudformation_json = classmethod(publish_version)
    Deployment.physical_resource_id = property(lambda deployment: deployment.id)
    order_updates()
    leave_outside()


def main() -> None:
    os.environ.update(AWS_ACCESS_KEY_ID="emulated", AWS_SECRET_ACCESS_KEY="emulated", AWS_EC2_METADATA_DISABLED="true")
    complete_moto()
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    os.environ["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{port}"
    print(port, flush=True)
    # Lives as long as the one who started it.
    sys.stdin.read()


if __name__ == "__main__":
    main()
