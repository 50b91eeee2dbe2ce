"""A VPC and what is in it, through EC2's own API: so it is known what a deployer calls, and so it can be deleted in order."""

from typing import Any, Callable

from resource_type import Json, Resource, Type, put


def made(operation: str, within: str, **fixed: Any) -> Callable[[Resource], Json]:
    """Calls the operation with the resource's properties; `within`: the part of the answer that describes the resource."""

    def call(resource: Resource) -> Json:
        answer = resource.call(operation, **{**resource.properties, **fixed}).get(within)
        tags = resource.properties.get("Tags")
        if tags:
            [found] = [answer[key] for key in IDS if key in answer][:1]
            resource.call("create_tags", Resources=[found], Tags=tags)
        return answer

    return call


IDS = ("SubnetId", "VpcEndpointId", "RouteTableId", "InternetGatewayId", "VpcId")


def by(key: str) -> Callable[[Resource, Json], str]:
    return lambda _, answer: answer[key]


def gone(operation: str, parameter: str) -> Callable[[Resource], Any]:
    return lambda resource: resource.call(operation, **{parameter: resource.physical_resource_id})


def make_vpc(vpc: Resource) -> Json:
    answer = made("create_vpc", "Vpc")(vpc)
    for setting in ("EnableDnsSupport", "EnableDnsHostnames"):
        if setting in vpc.properties:
            vpc.call("modify_vpc_attribute", VpcId=answer["VpcId"], **{setting: {"Value": vpc.properties[setting]}})
    return answer


def make_subnet(subnet: Resource) -> Json:
    answer = made("create_subnet", "Subnet")(subnet)
    value = subnet.properties.get("MapPublicIpOnLaunch")
    if value is not None:
        subnet.call("modify_subnet_attribute", SubnetId=answer["SubnetId"], MapPublicIpOnLaunch={"Value": value})
    return answer


def permission(rule: Json) -> Json:
    """A rule as EC2's API has it, of what CloudFormation has in one piece."""
    peer = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    said = {"Description": rule["Description"]} if "Description" in rule else {}
    ports = {key: int(rule[key]) for key in ("FromPort", "ToPort") if key in rule}
    ranges = {"IpRanges": [{"CidrIp": rule["CidrIp"], **said}]} if "CidrIp" in rule else {}
    groups = {"UserIdGroupPairs": [{"GroupId": peer, **said}]} if peer else {}
    return {"IpProtocol": str(rule["IpProtocol"]), **ports, **ranges, **groups}


ANYWHERE = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


def make_group(group: Resource) -> Json:
    given = group.properties
    answer = group.call("create_security_group", GroupName=group.name, Description=given["GroupDescription"],
                        VpcId=given["VpcId"])
    if given.get("SecurityGroupEgress"):
        # EC2 has let everything out.
        group.call("revoke_security_group_egress", GroupId=answer["GroupId"], IpPermissions=[ANYWHERE])
    for prop, operation in (("SecurityGroupIngress", "authorize_security_group_ingress"),
                            ("SecurityGroupEgress", "authorize_security_group_egress")):
        for rule in given.get(prop, []):
            group.call(operation, GroupId=answer["GroupId"], IpPermissions=[permission(rule)])
    return answer


def of_group(operation: str) -> Callable[[Resource], Any]:
    """A rule of a security group that stands by itself."""
    return lambda rule: rule.call(operation, GroupId=rule.properties["GroupId"],
                                  IpPermissions=[permission(rule.properties)])


def rule(kind: str) -> Type:
    lower = kind.lower()
    return Type(f"AWS::EC2::SecurityGroup{kind}", "ec2", of_group(f"authorize_security_group_{lower}"),
                delete=of_group(f"revoke_security_group_{lower}"))


def attachment(operation: str) -> Callable[[Resource], Any]:
    return lambda made: made.call(operation, **made.properties)


NETWORK = [
    Type("AWS::EC2::VPC", "ec2", make_vpc, by("VpcId"), lambda _, vpc: {"CidrBlock": vpc["CidrBlock"], "VpcId": vpc["VpcId"]},
         delete=gone("delete_vpc", "VpcId")),
    Type("AWS::EC2::Subnet", "ec2", make_subnet, by("SubnetId"),
         lambda _, subnet: {"AvailabilityZone": subnet["AvailabilityZone"]}, delete=gone("delete_subnet", "SubnetId")),
    Type("AWS::EC2::InternetGateway", "ec2", made("create_internet_gateway", "InternetGateway"), by("InternetGatewayId"),
         delete=gone("delete_internet_gateway", "InternetGatewayId")),
    Type("AWS::EC2::VPCGatewayAttachment", "ec2", attachment("attach_internet_gateway"),
         delete=attachment("detach_internet_gateway")),
    Type("AWS::EC2::RouteTable", "ec2", made("create_route_table", "RouteTable"), by("RouteTableId"),
         delete=gone("delete_route_table", "RouteTableId")),
    Type("AWS::EC2::Route", "ec2", put("create_route"), delete=put("delete_route")),
    Type("AWS::EC2::SubnetRouteTableAssociation", "ec2", put("associate_route_table"), by("AssociationId"),
         delete=gone("disassociate_route_table", "AssociationId")),
    Type("AWS::EC2::VPCEndpoint", "ec2", made("create_vpc_endpoint", "VpcEndpoint"), by("VpcEndpointId"),
         delete=lambda made: made.call("delete_vpc_endpoints", VpcEndpointIds=[made.physical_resource_id])),
    Type("AWS::EC2::SecurityGroup", "ec2", make_group, by("GroupId"), lambda _, group: {"GroupId": group["GroupId"]},
         delete=gone("delete_security_group", "GroupId")),
    rule("Ingress"),
    rule("Egress"),
]
