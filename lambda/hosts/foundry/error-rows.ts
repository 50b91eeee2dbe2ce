import { NOT_FOUND } from '../../engine/failure/rulings';
import type { Row } from '../../engine/failure/verdict';

/** Codes of Azure's own layer before the model. */
export const AZURE_ROWS: readonly Row[] = [{ row: 17, on: ['DeploymentNotFound', 'api_not_supported'], ...NOT_FOUND }];
