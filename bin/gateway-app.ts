import { App } from 'aws-cdk-lib';
import config from '../failover.config';
import { checkConfig } from './check-config';
import { orExit } from './or-exit';
import { gatewayStacks } from './regions/gateway-stacks';

orExit(() => gatewayStacks(new App(), checkConfig(config)));
