export { FAULTS, type Fault } from './fault';
export { type RecordedRequest } from './recorded-request';
export { startSimulatedHost, type SimulatedHost, type SimulatedHostOptions } from './simulated-host';
