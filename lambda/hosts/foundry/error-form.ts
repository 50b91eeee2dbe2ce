import type { ErrorForm } from '../../engine/failure/error-form';
import { isObject, textOf } from '../../engine/json';
import { errorMessage } from '../../wire/anthropic/error/error-form';

/** Azure's own layer: `{"error":{"code":"DeploymentNotFound","message":"..."}}` */
export const AZURE_FORM: ErrorForm = {
  statuses: {},
  read(data) {
    const code = isObject(data['error']) ? textOf(data['error']['code']) : undefined;
    return code === undefined
      ? undefined
      : { source: 'azure', type: code, code: undefined, message: errorMessage(data) };
  },
};
