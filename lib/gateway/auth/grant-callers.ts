import { AuthorizationType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ValidationError } from '../../validation-error';

/** Only an API that asks for signatures looks at what a role may; any other would go on as if nothing had been granted. */
export function grantCallers(api: RestApi, grantee: iam.IGrantable): iam.Grant {
  if (api.root.defaultMethodOptions?.authorizationType !== AuthorizationType.IAM) {
    throw new ValidationError(
      api,
      "'grantInvoke' has no effect here, because 'auth' is not ClientAuth.iam(); set 'auth: ClientAuth.iam()' for callers with AWS " +
        'credentials, or give the caller the key of a team',
    );
  }
  return iam.Grant.addToPrincipal({
    grantee,
    actions: ['execute-api:Invoke'],
    resourceArns: [api.arnForExecuteApi('*', '/*', api.deploymentStage.stageName)],
  });
}
