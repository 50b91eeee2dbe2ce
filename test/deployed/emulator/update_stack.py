"""Updates of a stack in CloudFormation's order, which moto does not keep.

What is new or changed comes after what it depends on; what is replaced or gone is deleted last; and one resource that fails takes all of it
back.
"""

import sys
from copy import deepcopy
from typing import Any

from moto.cloudformation import parsing
from resource_type import Json, Resource


def needs(value: Any) -> list[str]:
    """Names of the resources that a part of a template refers to."""
    if isinstance(value, list):
        return [name for part in value for name in needs(part)]
    if not isinstance(value, dict):
        return []
    names = [value["Ref"]] if "Ref" in value else []
    names += [value["Fn::GetAtt"][0]] if "Fn::GetAtt" in value else []
    return names + [name for part in value.values() for name in needs(part)]


def in_order(resources: Json) -> list[str]:
    """Every resource after those it depends on."""
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in ordered or name not in resources:
            return
        after = resources[name].get("DependsOn", [])
        for other in [*([after] if isinstance(after, str) else after), *needs(resources[name])]:
            visit(other)
        ordered[name] = None

    for name in resources:
        visit(name)
    return list(ordered)


def creation_order(stack: parsing.ResourceMap) -> list[str]:
    # As it was given: moto writes names into it.
    stack.given = deepcopy(stack._resource_json_map)
    return in_order(stack._resource_json_map)


def update_stack(stack: parsing.ResourceMap, template: Json, parameters: Json | None = None) -> None:
    """moto makes what is new before it changes what is there: a new version would be one of the old function."""
    old, named, new = stack.given, stack._resource_json_map, deepcopy(template["Resources"])
    before, before_template = dict(stack._parsed_resources), stack._template
    stack.given = deepcopy(new)
    stack._template, stack._resource_json_map = {**template, "Resources": new}, new
    stack.input_parameters = parameters or stack.input_parameters
    stack.load()
    replaced: list[Resource] = []
    # Those of which others may see something else than before.
    moved: set[str] = set()
    changed: list[str] = []
    try:
        for name in in_order(new):
            if name not in old:
                stack[name]
            elif new[name] != old[name] or moved.intersection(needs(new[name])):
                changed.append(name)
                change(stack, name, new[name], moved, replaced)
    except Exception as error:
        print(f"ROLLBACK because of {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        made = [name for name in new if name not in old and name in stack._parsed_resources]
        take_back(stack, old, before, changed, replaced)
        remove(stack, new, made)
        stack.given, stack._template, stack._resource_json_map = old, before_template, named
        raise
    for resource in replaced:
        resource.delete(stack._account_id, stack._region_name)
    remove(stack, named, [name for name in old if name not in new])


def seen(resource: Any) -> Any:
    return (resource.physical_resource_id, dict(resource.attributes)) if isinstance(resource, Resource) else resource


def change(stack: parsing.ResourceMap, name: str, given: Json, moved: set[str], replaced: list[Resource]) -> None:
    was = stack._parsed_resources[name]
    as_it_was = seen(was)
    changed = parsing.parse_and_update_resource(name, given, stack, stack._account_id, stack._region_name)
    # What moto cannot change stays as it is.
    stack._parsed_resources[name] = changed or was
    if seen(stack._parsed_resources[name]) != as_it_was:
        moved.add(name)
    if isinstance(was, Resource) and changed is not was:
        replaced.append(was)


def take_back(stack: parsing.ResourceMap, old: Json, before: Json, changed: list[str], replaced: list[Resource]) -> None:
    for name in changed:
        now, was = stack._parsed_resources[name], before[name]
        stack._parsed_resources[name] = was
        if any(was is other for other in replaced):
            now.delete(stack._account_id, stack._region_name)
        else:
            change(stack, name, deepcopy(old[name]), set(), [])


def delete_stack(stack: parsing.ResourceMap) -> None:
    resources = stack._resource_json_map
    remove(stack, resources, [name for name in resources if resources[name].get("DeletionPolicy") != "Retain"])


def remove(stack: parsing.ResourceMap, resources: Json, names: list[str]) -> None:
    for name in reversed(in_order(resources)):
        if name in names:
            stack._delete_resource(stack._parsed_resources.pop(name), resources[name])


def order_updates() -> None:
    parsing.ResourceMap.update = update_stack
    parsing.ResourceMap.delete = delete_stack
    parsing.ResourceMap._ResourceMap__get_resources_in_dependency_order = creation_order
