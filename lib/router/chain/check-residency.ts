import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Residency } from '../residency';
import type { HostBinding } from '../../hosts/host-binding';
import { awsPlace, type Place } from '../../catalog/places';
import { residencyLeft, whoLeaves } from './residency-text';
import { ValidationError } from '../../validation-error';

/** No host may leave the geography, and the router itself has to stand in it. */
export function checkResidency(scope: Construct, residency: Residency, hosts: readonly HostBinding[]): void {
  const unknown: string[] = [];
  const leaving = (who: string, places: readonly Place[]): string[] => {
    const outside = residency._outside(places);
    if (outside.some((place) => Token.isUnresolved(place))) unknown.push(who);
    return whoLeaves(
      who,
      outside.filter((place) => !Token.isUnresolved(place)),
    );
  };
  const left = [
    ...leaving("the router's own region", [awsPlace(Stack.of(scope).region)]),
    ...hosts.flatMap(({ config: { name, kind }, places }) => leaving(`host '${name}' of kind ${kind}`, places)),
  ];
  if (left.length > 0) throw new ValidationError(scope, residencyLeft(residency.name, left));
  if (unknown.length > 0) {
    Annotations.of(scope).addWarningV2(
      'cdk-claude-failover:unverifiedResidency',
      `'residency' ${residency.name} cannot be checked for ${unknown.join('; ')}, because the stack's region is not known at synth; ` +
        'give the stack an env with a region',
    );
  }
}
