"""The types that moto lacks or does only by half, as far as the shapes beside the Lambda function have them."""

from network_types import NETWORK
from resource_type import Json, Resource, Type, put
from service_types import BALANCER, SERVICE


# --- S3, SSM, CloudWatch Logs

def make_bucket(bucket: Resource) -> None:
    name, given = bucket.name, bucket.properties
    bucket.call("create_bucket", Bucket=name, ObjectLockEnabledForBucket=given.get("ObjectLockEnabled"))
    for operation, parameter, prop in (
        ("put_bucket_encryption", "ServerSideEncryptionConfiguration", "BucketEncryption"),
        ("put_public_access_block", "PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration"),
        ("put_bucket_versioning", "VersioningConfiguration", "VersioningConfiguration"),
        ("put_object_lock_configuration", "ObjectLockConfiguration", "ObjectLockConfiguration"),
    ):
        value = given.get(prop)
        if prop == "BucketEncryption" and value:
            rules = value["ServerSideEncryptionConfiguration"]
            value = {"Rules": [{"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"]} for rule in rules]}
        if value:
            bucket.call(operation, Bucket=name, **{parameter: value})
    if given.get("Tags"):
        bucket.call("put_bucket_tagging", Bucket=name, Tagging={"TagSet": given["Tags"]})


def bucket_names(bucket: Resource, _: Json) -> Json:
    domain = f"{bucket.name}.s3.amazonaws.com"
    return {"Arn": f"arn:aws:s3:::{bucket.name}", "DomainName": domain,
            "RegionalDomainName": f"{bucket.name}.s3.{bucket.region}.amazonaws.com"}


STORES = [
    # moto's own forgets that it has versions.
    Type("AWS::S3::Bucket", "s3", make_bucket, attributes=bucket_names, name="BucketName", update=lambda _: None,
         delete=lambda bucket: bucket.call("delete_bucket", Bucket=bucket.name), fixed=("BucketName",)),
    # moto's own has to be told a name.
    Type("AWS::SSM::Parameter", "ssm", put("put_parameter"), name="Name",
         update=lambda made: made.call("put_parameter", **made.properties, Name=made.name, Overwrite=True),
         delete=lambda made: made.call("delete_parameter", Name=made.name)),
    Type("AWS::Logs::MetricFilter", "logs", put("put_metric_filter"), update=put("put_metric_filter"), name="FilterName",
         delete=put("delete_metric_filter")),
]


SHAPE_TYPES = [*STORES, *NETWORK, *BALANCER, *SERVICE]
