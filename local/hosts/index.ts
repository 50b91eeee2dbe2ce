export { SIMULATED_AWS, SIMULATED_SESSION, type AwsSession, type AwsSide } from './aws/aws-side';
export { FAULTS, type Fault } from './faults/fault';
export { SIMULATED_GOOGLE, type GoogleGap, type GoogleSide } from './google/google-side';
export { type JobFiles, type JobsSide } from './jobs/jobs-side';
export { type RecordedRequest } from './requests/recorded-request';
export { startSimulatedHost, type SimulatedHost, type SimulatedHostOptions } from './simulated-host';
