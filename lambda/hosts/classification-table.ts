import { CLASS_ROWS, CONNECTION_ROWS, STATUS_ROWS } from '../engine/failure/generic-rows';
import type { Row } from '../engine/failure/verdict';
import { ANTHROPIC_CODE_ROWS, ANTHROPIC_TYPE_ROWS, REQUEST_ROWS } from '../wire/anthropic/error/error-rows';
import { OPENAI_ROWS } from '../wire/openai/error/error-rows';
import { AWS_ROWS } from './bedrock/error-rows';
import { AZURE_ROWS } from './foundry/error-rows';
import { GOOGLE_ROWS } from './vertex/error-rows';

/**
 * The first row that matches decides: a vendor's word before a status, a status before its class. One table for all hosts,
 * because the clouds repeat each other's words. Row 32, errors inside a stream, is every row: they are judged by their type.
 */
export const CLASSIFICATION_TABLE: readonly Row[] = [
  ...CONNECTION_ROWS,
  ...ANTHROPIC_CODE_ROWS,
  ...ANTHROPIC_TYPE_ROWS,
  ...AWS_ROWS,
  ...GOOGLE_ROWS,
  ...AZURE_ROWS,
  ...OPENAI_ROWS,
  ...STATUS_ROWS,
  ...REQUEST_ROWS,
  ...CLASS_ROWS,
];
