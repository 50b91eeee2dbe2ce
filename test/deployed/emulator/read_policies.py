"""Prints every policy that is in the emulated account, as its services give them back: `read_policies.py <address of the emulator>`."""

import json
import os
import sys
from typing import Any, Callable
from urllib.parse import unquote

import boto3
from botocore.exceptions import ClientError

REGION = "us-east-1"


def connect(service: str) -> Any:
    return boto3.client(service, region_name=REGION, endpoint_url=sys.argv[1])


def document(value: Any) -> Any:
    return json.loads(unquote(value)) if isinstance(value, str) else value


def managed(iam: Any, arn: str) -> Any:
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    return document(iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"])


def roles(iam: Any) -> list[Any]:
    read = []
    for found in iam.list_roles()["Roles"]:
        name = found["RoleName"]
        # Only here is the boundary.
        role = iam.get_role(RoleName=name)["Role"]
        inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
        attached = [policy["PolicyArn"] for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]]
        boundary = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        read.append({
            "arn": role["Arn"],
            "trust": document(role["AssumeRolePolicyDocument"]),
            "policies": {policy: document(iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])
                         for policy in inline} | {arn: managed(iam, arn) for arn in attached},
            "boundary": {boundary: managed(iam, boundary)} if boundary else {},
        })
    return read


def there(read: Callable[[], Any]) -> Any:
    """Most resources have no policy, and say so by an error."""
    try:
        return document(read())
    except (ClientError, KeyError):
        return None


def resources() -> dict[str, Any]:
    functions, secrets, topics, kms = (connect(name) for name in ("lambda", "secretsmanager", "sns", "kms"))
    policies = {}
    for function in functions.list_functions()["Functions"]:
        arn = function["FunctionArn"]
        policies[arn] = there(lambda: functions.get_policy(FunctionName=arn)["Policy"])
    for secret in secrets.list_secrets()["SecretList"]:
        arn = secret["ARN"]
        policies[arn] = there(lambda: secrets.get_resource_policy(SecretId=arn)["ResourcePolicy"])
    for topic in topics.list_topics()["Topics"]:
        arn = topic["TopicArn"]
        policies[arn] = there(lambda: topics.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"])
    for key in kms.list_keys()["Keys"]:
        policies[key["KeyArn"]] = there(lambda: kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])
    policies |= bucket_policies()
    return {arn: policy for arn, policy in policies.items() if policy}


def bucket_policies() -> dict[str, Any]:
    """The emulator keeps them where S3 does not act on them."""
    pages = connect("ssm").get_paginator("get_parameters_by_path").paginate(Path="/bucket-policies", Recursive=True)
    return {f"arn:aws:s3:::{found['Name'].split('/')[-1]}": document(found["Value"])
            for page in pages for found in page["Parameters"]}


def topic_keys(sns: Any) -> dict[str, str]:
    keys = {}
    for topic in sns.list_topics()["Topics"]:
        key = sns.get_topic_attributes(TopicArn=topic["TopicArn"])["Attributes"].get("KmsMasterKeyId")
        if key:
            keys[topic["TopicArn"]] = key
    return keys


def endpoints(ec2: Any) -> list[Any]:
    return [{"id": endpoint["VpcEndpointId"], "vpc": endpoint["VpcId"],
             "service": endpoint["ServiceName"].removeprefix(f"com.amazonaws.{REGION}."),
             "policy": document(endpoint.get("PolicyDocument"))}
            for endpoint in ec2.describe_vpc_endpoints()["VpcEndpoints"]]


def deployment_groups(codedeploy: Any) -> list[str]:
    account = connect("sts").get_caller_identity()["Account"]
    return [{"arn": f"arn:aws:codedeploy:{REGION}:{account}:deploymentgroup:{application}/{group}",
             "role": codedeploy.get_deployment_group(applicationName=application, deploymentGroupName=group)
             ["deploymentGroupInfo"]["serviceRoleArn"]}
            for application in codedeploy.list_applications()["applications"]
            for group in codedeploy.list_deployment_groups(applicationName=application)["deploymentGroups"]]


def main() -> None:
    os.environ.update(AWS_ACCESS_KEY_ID="emulated", AWS_SECRET_ACCESS_KEY="emulated", AWS_EC2_METADATA_DISABLED="true")
    print(json.dumps({"roles": roles(connect("iam")), "resources": resources(), "topicKeys": topic_keys(connect("sns")),
                      "endpoints": endpoints(connect("ec2")), "deploymentGroups": deployment_groups(connect("codedeploy"))}))


if __name__ == "__main__":
    main()
