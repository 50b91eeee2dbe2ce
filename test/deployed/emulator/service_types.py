"""A service of ECS behind a load balancer that grows by itself, through the services' own APIs."""

from typing import Any, Callable

from resource_type import Json, Resource, Type, answered, put


# --- Elastic Load Balancing

def make_balancer(balancer: Resource) -> Json:
    [answer] = balancer.call("create_load_balancer", **balancer.properties, Name=short(balancer))["LoadBalancers"]
    balancer.call("modify_load_balancer_attributes", LoadBalancerArn=answer["LoadBalancerArn"],
                  Attributes=balancer.properties.get("LoadBalancerAttributes", []))
    return answer


def balancer_names(_: Resource, answer: Json) -> Json:
    full = answer["LoadBalancerArn"].split(":loadbalancer/", 1)[1]
    return {"DNSName": answer["DNSName"], "LoadBalancerFullName": full, "LoadBalancerArn": answer["LoadBalancerArn"],
            "CanonicalHostedZoneID": answer["CanonicalHostedZoneId"]}


def make_group(group: Resource) -> Json:
    [answer] = group.call("create_target_group", **group.properties, Name=short(group))["TargetGroups"]
    group.call("modify_target_group_attributes", TargetGroupArn=answer["TargetGroupArn"],
               Attributes=group.properties.get("TargetGroupAttributes", []))
    return answer


def group_names(_: Resource, answer: Json) -> Json:
    return {"TargetGroupFullName": answer["TargetGroupArn"].rsplit(":", 1)[1], "TargetGroupArn": answer["TargetGroupArn"]}


def short(resource: Resource) -> str:
    """Of at most 32 characters, the last of which nobody else has."""
    return f"{resource.name[:18].rstrip('-')}-{resource.name[-12:]}"


def gone(operation: str, parameter: str) -> Callable[[Resource], Any]:
    return lambda resource: resource.call(operation, **{parameter: resource.physical_resource_id})


BALANCER = [
    Type("AWS::ElasticLoadBalancingV2::LoadBalancer", "elbv2", make_balancer, answered("LoadBalancerArn"), balancer_names,
         delete=gone("delete_load_balancer", "LoadBalancerArn")),
    Type("AWS::ElasticLoadBalancingV2::TargetGroup", "elbv2", make_group, answered("TargetGroupArn"), group_names,
         delete=gone("delete_target_group", "TargetGroupArn")),
    Type("AWS::ElasticLoadBalancingV2::Listener", "elbv2", lambda made: put("create_listener")(made)["Listeners"][0],
         answered("ListenerArn"), lambda _, answer: {"ListenerArn": answer["ListenerArn"]},
         delete=gone("delete_listener", "ListenerArn")),
]


# --- ECS


def make_service(service: Resource) -> Json:
    return service.call("create_service", **{**service.properties, "ServiceName": service.name})["service"]


def roll_service(service: Resource) -> None:
    given = {key: value for key, value in service.properties.items() if key not in ("LoadBalancers", "DeploymentController")}
    service.call("update_service", **given, Service=service.name)


def associate(made: Resource) -> None:
    given = made.properties
    made.call("put_cluster_capacity_providers", cluster=given["Cluster"], capacityProviders=given["CapacityProviders"],
              defaultCapacityProviderStrategy=given["DefaultCapacityProviderStrategy"])


def register(task: Resource) -> Json:
    return task.call("register_task_definition", **task.properties)["taskDefinition"]


# --- Application Auto Scaling

def scaled(resource: Resource) -> Json:
    """What scales, by the three parts of its id."""
    target = resource.properties.get("ScalingTargetId")
    keys = ("ResourceId", "ScalableDimension", "ServiceNamespace")
    return dict(zip(keys, target.split("|"))) if target else {key: resource.properties[key] for key in keys}


def put_policy(policy: Resource) -> Json:
    return policy.call("put_scaling_policy", **{**policy.properties, **scaled(policy)})


SERVICE = [
    Type("AWS::ECS::Cluster", "ecs", lambda made: made.call("create_cluster", clusterName=made.name)["cluster"],
         lambda made, _: made.name, lambda _, answer: {"Arn": answer["clusterArn"]},
         delete=lambda made: made.call("delete_cluster", cluster=made.name)),
    Type("AWS::ECS::TaskDefinition", "ecs", register, answered("taskDefinitionArn"),
         lambda _, answer: {"TaskDefinitionArn": answer["taskDefinitionArn"]},
         delete=gone("deregister_task_definition", "taskDefinition")),
    Type("AWS::ECS::Service", "ecs", make_service, answered("serviceArn"),
         lambda made, answer: {"ServiceArn": answer["serviceArn"], "Name": made.name}, update=roll_service,
         fixed=("Cluster", "LoadBalancers"),
         delete=lambda made: made.call("delete_service", cluster=made.properties["Cluster"], service=made.name, force=True)),
    Type("AWS::ECS::ClusterCapacityProviderAssociations", "ecs", associate, update=associate),
    Type("AWS::ApplicationAutoScaling::ScalableTarget", "application-autoscaling", put("register_scalable_target"),
         lambda target, _: "|".join(scaled(target).values()), update=put("register_scalable_target"),
         fixed=("ResourceId", "ScalableDimension", "ServiceNamespace"),
         delete=lambda target: target.call("deregister_scalable_target", **scaled(target))),
    Type("AWS::ApplicationAutoScaling::ScalingPolicy", "application-autoscaling", put_policy, answered("PolicyARN"),
         update=put_policy, name="PolicyName", fixed=("PolicyName",),
         delete=lambda made: made.call("delete_scaling_policy", PolicyName=made.name, **scaled(made))),
]
