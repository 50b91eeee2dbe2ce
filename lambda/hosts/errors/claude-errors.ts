import { CLASS_ROWS, CONNECTION_ROWS, STATUS_ROWS } from '../../engine/failure/generic-rows';
import type { ErrorForm, HostErrors } from '../../engine/failure/error-form';
import type { Row } from '../../engine/failure/verdict';
import { ANTHROPIC_FORM } from '../../wire/anthropic/error/error-form';
import { ANTHROPIC_CODE_ROWS, ANTHROPIC_TYPE_ROWS, REQUEST_ROWS } from '../../wire/anthropic/error/error-rows';
import { AWS_FORM, AWS_IN_ENVELOPE } from '../bedrock/error-form';
import { AWS_ROWS } from '../bedrock/error-rows';
import { AZURE_FORM } from '../foundry/error-form';
import { AZURE_ROWS } from '../foundry/error-rows';
import { GOOGLE_FORM } from '../vertex/error-form';
import { GOOGLE_ROWS } from '../vertex/error-rows';
import { hostErrors } from './host-errors';

/**
 * The first row that matches decides: a vendor's word before a status, a status before its class. One table for all hosts,
 * because the clouds repeat each other's words. Row 32, errors inside a stream, is every row: they are judged by their type.
 */
export const tableWith = (otherWires: readonly Row[]): readonly Row[] => [
  ...CONNECTION_ROWS,
  ...ANTHROPIC_CODE_ROWS,
  ...ANTHROPIC_TYPE_ROWS,
  ...AWS_ROWS,
  ...GOOGLE_ROWS,
  ...AZURE_ROWS,
  ...otherWires,
  ...STATUS_ROWS,
  ...REQUEST_ROWS,
  ...CLASS_ROWS,
];

/** In the order in which they are tried: an exception in a header says the least, because some hosts repeat it. */
export const formsWith = (otherWires: readonly ErrorForm[]): readonly ErrorForm[] => [
  AWS_IN_ENVELOPE,
  ANTHROPIC_FORM,
  GOOGLE_FORM,
  ...otherWires,
  AZURE_FORM,
  AWS_FORM,
];

/** Errors of the hosts that serve Claude. */
export const CLAUDE_ERRORS: HostErrors = hostErrors(formsWith([]), tableWith([]));
