import { OPENAI_FORM } from '../../wire/openai/error/error-form';
import { OPENAI_ROWS } from '../../wire/openai/error/error-rows';
import { formsWith, tableWith } from './claude-errors';
import { hostErrors } from './host-errors';

export const CLASSIFICATION_TABLE = tableWith(OPENAI_ROWS);

/** Errors of hosts of any kind. */
export const HOST_ERRORS = hostErrors(formsWith([OPENAI_FORM]), CLASSIFICATION_TABLE);
