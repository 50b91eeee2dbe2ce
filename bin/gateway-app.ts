import { App } from 'aws-cdk-lib';
import config from '../failover.config';
import { checkConfig } from './check-config';
import { GatewayStack } from './gateway-stack';
import { orExit } from './or-exit';

orExit(() => new GatewayStack(new App(), checkConfig(config)));
