export { FAULTS, type Fault } from './fault';
export { SIMULATED_GOOGLE, type GoogleGap, type GoogleSide } from './google-side';
export { type RecordedRequest } from './recorded-request';
export { startSimulatedHost, type SimulatedHost, type SimulatedHostOptions } from './simulated-host';
