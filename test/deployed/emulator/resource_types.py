"""The types that moto lacks or does only by half, as far as the stack has them."""

import json
import secrets
import string

from moto.awslambda.models import lambda_backends
from moto.cloudwatch.models import cloudwatch_backends
from moto.codedeploy.models import codedeploy_backends
from resource_type import Json, Resource, Type, answered, put


# --- API Gateway

def make_rest_api(api: Resource) -> Json:
    answer = put("create_rest_api", apiKeySource="ApiKeySourceType")(api)
    # moto forgets them when an API is made.
    added = [{"op": "add", "path": f"/binaryMediaTypes/{kind.replace('/', '~1')}", "value": kind}
             for kind in api.properties.get("BinaryMediaTypes", [])]
    if added:
        api.call("update_rest_api", restApiId=answer["id"], patchOperations=added)
    return answer


def make_method(method: Resource) -> Json:
    place = {key: method.properties[key] for key in ("RestApiId", "ResourceId", "HttpMethod")}
    put("put_method")(method)
    integration = method.properties["Integration"]
    renamed = {"HttpMethod": place["HttpMethod"]}
    return method.call("put_integration", **{**integration, **place, **renamed})


def set_stage(stage: Resource) -> None:
    settings = {"MetricsEnabled": "metrics/enabled", "LoggingLevel": "logging/loglevel",
                "DataTraceEnabled": "logging/dataTrace", "ThrottlingRateLimit": "throttling/rateLimit",
                "ThrottlingBurstLimit": "throttling/burstLimit"}
    changes = {"/deploymentId": stage.properties["DeploymentId"]}
    for method in stage.properties.get("MethodSettings", []):
        path = "*" if method["ResourcePath"] == "/*" else method["ResourcePath"].strip("/").replace("/", "~1")
        for setting, where in settings.items():
            if setting in method:
                changes[f"/{path}/{method['HttpMethod']}/{where}"] = str(method[setting]).lower()
    operations = [{"op": "replace", "path": path, "value": value} for path, value in changes.items()]
    stage.call("update_stage", **stage.properties, patchOperations=operations)


def make_stage(stage: Resource) -> None:
    put("create_stage")(stage)
    set_stage(stage)


def set_log_role(account: Resource) -> None:
    role = account.properties["CloudWatchRoleArn"]
    account.call("update_account", patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": role}])


API_GATEWAY = [
    Type("AWS::ApiGateway::RestApi", "apigateway", make_rest_api, answered("id"),
         lambda _, answer: {"RestApiId": answer["id"], "RootResourceId": answer["rootResourceId"]},
         # Nothing of it is fixed; what changes, moto does not keep.
         update=lambda _: None, delete=lambda api: api.call("delete_rest_api", restApiId=api.physical_resource_id)),
    Type("AWS::ApiGateway::Method", "apigateway", make_method),
    Type("AWS::ApiGateway::Authorizer", "apigateway", put("create_authorizer"), answered("id"),
         lambda _, answer: {"AuthorizerId": answer["id"]},
         delete=lambda made: made.call("delete_authorizer", authorizerId=made.physical_resource_id, **made.properties)),
    Type("AWS::ApiGateway::GatewayResponse", "apigateway", put("put_gateway_response"),
         lambda response, _: response.properties["ResponseType"], update=put("put_gateway_response"),
         delete=put("delete_gateway_response")),
    Type("AWS::ApiGateway::Stage", "apigateway", make_stage, lambda stage, _: stage.properties["StageName"],
         update=set_stage, delete=put("delete_stage")),
    Type("AWS::ApiGateway::Account", "apigateway", set_log_role, update=set_log_role),
    Type("AWS::ApiGateway::ApiKey", "apigateway", put("create_api_key"), answered("id"),
         lambda _, answer: {"APIKeyId": answer["id"]}, name="Name",
         update=lambda _: None, fixed=("GenerateDistinctId", "Name", "Value"),
         delete=lambda key: key.call("delete_api_key", apiKey=key.physical_resource_id)),
    Type("AWS::ApiGateway::UsagePlan", "apigateway", put("create_usage_plan", name="UsagePlanName"), answered("id"),
         lambda _, answer: {"Id": answer["id"]}, name="UsagePlanName",
         delete=lambda plan: plan.call("delete_usage_plan", usagePlanId=plan.physical_resource_id)),
    Type("AWS::ApiGateway::UsagePlanKey", "apigateway", put("create_usage_plan_key"), answered("id")),
    Type("AWS::ApiGateway::DomainName", "apigateway", put("create_domain_name"), answered("domainName"),
         lambda _, answer: {"RegionalDomainName": answer["regionalDomainName"],
                            "RegionalHostedZoneId": answer["regionalHostedZoneId"]},
         update=lambda _: None, delete=put("delete_domain_name"), fixed=("DomainName",)),
    Type("AWS::ApiGateway::BasePathMapping", "apigateway", put("create_base_path_mapping"),
         update=lambda _: None, delete=lambda made: made.call("delete_base_path_mapping", basePath="(none)",
                                                              domainName=made.properties["DomainName"])),
]


# --- Route 53, Certificate Manager, X-Ray

def make_health_check(check: Resource) -> Json:
    return check.call("create_health_check", CallerReference=f"{check.region}-{check.name}",
                      HealthCheckConfig=check.properties["HealthCheckConfig"])["HealthCheck"]


def change_record(action: str):
    def change(record: Resource) -> Json:
        given = {key: value for key, value in record.properties.items() if key != "HostedZoneId"}
        batch = {"Changes": [{"Action": action, "ResourceRecordSet": given}]}
        return record.call("change_resource_record_sets", HostedZoneId=record.properties["HostedZoneId"], ChangeBatch=batch)
    return change


NAMES = [
    Type("AWS::Route53::HealthCheck", "route53", make_health_check, answered("Id"),
         lambda _, answer: {"HealthCheckId": answer["Id"]},
         delete=lambda check: check.call("delete_health_check", HealthCheckId=check.physical_resource_id)),
    Type("AWS::Route53::RecordSet", "route53", change_record("CREATE"), lambda record, _: record.properties["Name"],
         update=change_record("UPSERT"), delete=change_record("DELETE")),
    # By its ARN only: nobody here speaks TLS.
    Type("AWS::CertificateManager::Certificate", "acm", lambda _: {},
         lambda made, _: f"arn:aws:acm:{made.region}:{made.account_id}:certificate/{made.name}"),
    # moto has no rules of sampling, and keeps no traces.
    Type("AWS::XRay::SamplingRule", "xray", lambda _: {}, update=lambda _: None),
]


# --- CloudWatch

def alarm_arn(alarm: Resource, _: Json) -> Json:
    return {"Arn": f"arn:aws:cloudwatch:{alarm.region}:{alarm.account_id}:alarm:{alarm.name}"}


def put_composite_alarm(alarm: Resource) -> None:
    # moto keeps and describes composite alarms, but its API does not take them.
    given = alarm.properties
    unused = dict.fromkeys(("namespace", "metric_name", "comparison_operator", "evaluation_periods", "period",
                            "threshold", "statistic"))
    cloudwatch_backends[alarm.account_id][alarm.region].put_metric_alarm(
        name=alarm.name, rule=given["AlarmRule"], description=given.get("AlarmDescription"), dimensions=[],
        alarm_actions=given.get("AlarmActions", []), ok_actions=given.get("OKActions", []),
        insufficient_data_actions=given.get("InsufficientDataActions", []), **unused)


def delete_alarm(alarm: Resource) -> None:
    alarm.call("delete_alarms", AlarmNames=[alarm.name])


CLOUDWATCH = [
    Type("AWS::CloudWatch::Alarm", "cloudwatch", put("put_metric_alarm"), attributes=alarm_arn,
         update=put("put_metric_alarm"), delete=delete_alarm, name="AlarmName"),
    Type("AWS::CloudWatch::CompositeAlarm", "cloudwatch", put_composite_alarm, attributes=alarm_arn,
         update=put_composite_alarm, delete=delete_alarm, name="AlarmName"),
    Type("AWS::CloudWatch::Dashboard", "cloudwatch", put("put_dashboard"), update=put("put_dashboard"),
         delete=lambda board: board.call("delete_dashboards", DashboardNames=[board.name]), name="DashboardName"),
]


# --- DynamoDB, Secrets Manager

def replicas(table: Resource) -> list[str]:
    return [replica["Region"] for replica in table.properties["Replicas"]]


def make_table(table: Resource) -> Json:
    answers = {}
    ttl = table.properties.get("TimeToLiveSpecification")
    for region in replicas(table):
        answers[region] = table.call("create_table", region, **{**table.properties, "TableName": table.name})
        if ttl:
            table.call("update_time_to_live", region, TableName=table.name, TimeToLiveSpecification=ttl)
    return answers[table.region]["TableDescription"]


def delete_table(table: Resource) -> None:
    for region in replicas(table):
        table.call("delete_table", region, TableName=table.name)


def generated(spec: Json) -> str:
    password = "".join(secrets.choice(string.ascii_letters) for _ in range(int(spec.get("PasswordLength", 32))))
    if "SecretStringTemplate" not in spec:
        return password
    return json.dumps({**json.loads(spec["SecretStringTemplate"]), spec["GenerateStringKey"]: password})


def make_secret(secret: Resource) -> Json:
    given = secret.properties
    text = given.get("SecretString") or generated(given.get("GenerateSecretString", {}))
    return secret.call("create_secret", **{**given, "Name": secret.name, "SecretString": text},
                       AddReplicaRegions=given.get("ReplicaRegions"))


def delete_secret(secret: Resource) -> None:
    arn = secret.physical_resource_id
    regions = [replica["Region"] for replica in secret.properties.get("ReplicaRegions", [])]
    if regions:
        secret.call("remove_regions_from_replication", SecretId=arn, RemoveReplicaRegions=regions)
    secret.call("delete_secret", SecretId=arn, ForceDeleteWithoutRecovery=True)


def describe_secret(secret: Resource) -> None:
    secret.call("update_secret", SecretId=secret.physical_resource_id, Description=secret.properties.get("Description"))


STORES = [
    Type("AWS::DynamoDB::GlobalTable", "dynamodb", make_table,
         attributes=lambda _, answer: {"Arn": answer["TableArn"], "TableId": answer.get("TableId")},
         update=lambda _: None, delete=delete_table, name="TableName",
         fixed=("KeySchema", "LocalSecondaryIndexes", "TableName")),
    Type("AWS::SecretsManager::Secret", "secretsmanager", make_secret, answered("ARN"),
         lambda _, answer: {"Id": answer["ARN"]}, update=describe_secret, delete=delete_secret, name="Name",
         fixed=("Name",)),
]


# --- Lambda, CodeDeploy, SNS, EventBridge Scheduler, Synthetics

def permit(permission: Resource) -> None:
    answer = put("add_permission", StatementId="Id")(permission)
    # moto forgets which version or alias may be called.
    target, said = permission.properties["FunctionName"], json.loads(answer["Statement"])
    policy = lambda_backends[permission.account_id][permission.region].get_function(target).policy
    for statement in policy.statements:
        if statement["Sid"] == said["Sid"] and target.startswith("arn:"):
            statement["Resource"] = target


def topic_attributes(topic: Resource) -> Json:
    return {key: topic.properties[key] for key in ("DisplayName", "KmsMasterKeyId") if key in topic.properties}


def make_topic(topic: Resource) -> Json:
    return topic.call("create_topic", Name=topic.name, Attributes=topic_attributes(topic))


def set_topic(topic: Resource) -> None:
    for key, value in topic_attributes(topic).items():
        topic.call("set_topic_attributes", TopicArn=topic.physical_resource_id, AttributeName=key, AttributeValue=value)


def set_topic_policy(policy: Resource) -> None:
    for topic in policy.properties["Topics"]:
        policy.call("set_topic_attributes", TopicArn=topic, AttributeName="Policy",
                    AttributeValue=policy.properties["PolicyDocument"])


def delete_application(app: Resource) -> None:
    # moto's API makes applications and groups, but does not delete them.
    backend = codedeploy_backends[app.account_id][app.region]
    backend.deployment_groups.pop(app.name, None)
    del backend.applications[app.name]


OTHERS = [
    Type("AWS::Lambda::Permission", "lambda", permit, delete=put("remove_permission", StatementId="Id"), name="Id"),
    # CodeDeploy would shift the traffic step by step; here it is there at once.
    Type("AWS::Lambda::Alias", "lambda", put("create_alias"), answered("AliasArn"),
         update=put("update_alias"), delete=put("delete_alias")),
    Type("AWS::CodeDeploy::Application", "codedeploy", put("create_application"), name="ApplicationName",
         delete=delete_application),
    Type("AWS::CodeDeploy::DeploymentGroup", "codedeploy", put("create_deployment_group"), name="DeploymentGroupName",
         update=lambda _: None),
    Type("AWS::SNS::Topic", "sns", make_topic, answered("TopicArn"),
         lambda topic, answer: {"TopicArn": answer["TopicArn"], "TopicName": topic.name}, update=set_topic,
         delete=lambda topic: topic.call("delete_topic", TopicArn=topic.physical_resource_id), name="TopicName",
         fixed=("FifoTopic", "TopicName")),
    Type("AWS::SNS::TopicPolicy", "sns", set_topic_policy, update=set_topic_policy),
    Type("AWS::SNS::Subscription", "sns", put("subscribe"), answered("SubscriptionArn"),
         delete=lambda made: made.call("unsubscribe", SubscriptionArn=made.physical_resource_id)),
    Type("AWS::Scheduler::ScheduleGroup", "scheduler", put("create_schedule_group"),
         attributes=lambda _, answer: {"Arn": answer["ScheduleGroupArn"]}, delete=put("delete_schedule_group"), name="Name"),
    Type("AWS::Scheduler::Schedule", "scheduler", put("create_schedule"),
         attributes=lambda _, answer: {"Arn": answer["ScheduleArn"]}, update=put("update_schedule"),
         delete=put("delete_schedule"), name="Name"),
    Type("AWS::SSM::Document", "ssm", put("create_document"), name="Name",
         delete=lambda made: made.call("delete_document", Name=made.physical_resource_id)),
    Type("AWS::Synthetics::Canary", "synthetics", put("create_canary"), name="Name",
         attributes=lambda canary, _: {"Id": canary.name, "State": "READY"},
         delete=put("delete_canary")),
    # moto would run the function itself, in a container. The tests take the messages to it.
    Type("AWS::Lambda::EventSourceMapping", "lambda", lambda _: {}, update=lambda _: None),
    # Not given to S3 and SQS: moto does not know conditions, and would take "refuse what is not encrypted" for "refuse".
    Type("AWS::SQS::QueuePolicy", "sqs", lambda _: {}, update=lambda _: None),
]


# --- What an audit trail is made of, beside its buckets

def keep_bucket_policy(policy: Resource) -> None:
    # Not given to S3: moto does not know conditions, and would take "refuse what is not encrypted" for "refuse".
    policy.call("put_parameter", Name=f"/bucket-policies/{policy.properties['Bucket']}", Type="String", Tier="Advanced",
                Value=json.dumps(policy.properties["PolicyDocument"]), Overwrite=True)


def stream_arn(stream: Resource, answer: Json) -> Json:
    return {"Arn": answer["DeliveryStreamARN"]}


def make_log_stream(stream: Resource) -> None:
    stream.call("create_log_stream", logGroupName=stream.properties["LogGroupName"], logStreamName=stream.name)


AUDIT = [
    Type("AWS::S3::BucketPolicy", "ssm", keep_bucket_policy, update=keep_bucket_policy),
    Type("AWS::Logs::LogStream", "logs", make_log_stream),
    Type("AWS::KinesisFirehose::DeliveryStream", "firehose", put("create_delivery_stream"), attributes=stream_arn,
         update=lambda _: None, name="DeliveryStreamName",
         delete=lambda made: made.call("delete_delivery_stream", DeliveryStreamName=made.name)),
    Type("AWS::Glue::Database", "glue",
         lambda made: made.call("create_database", DatabaseInput={**made.properties["DatabaseInput"], "Name": made.name.lower()}),
         lambda made, _: made.name.lower(), update=lambda _: None,
         delete=lambda made: made.call("delete_database", Name=made.physical_resource_id)),
    Type("AWS::Glue::Table", "glue", put("create_table"), lambda made, _: made.properties["TableInput"]["Name"],
         update=lambda _: None),
    Type("AWS::Athena::WorkGroup", "athena", put("create_work_group", Configuration="WorkGroupConfiguration"),
         lambda made, _: made.properties["Name"], update=lambda _: None),
    Type("AWS::Athena::NamedQuery", "athena", put("create_named_query"), answered("NamedQueryId")),
]


TYPES = [*API_GATEWAY, *NAMES, *CLOUDWATCH, *STORES, *OTHERS, *AUDIT]
