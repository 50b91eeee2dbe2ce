/**
 * Loaded before a function that CloudFormation calls: what it asks by HTTPS, CloudFormation's address and web functions, leads to the tests,
 * and its pauses are a hundredth as long.
 */
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const timers = require('node:timers/promises');

const FASTER = 100;
const outside = ({ host, pathname, search }) => `${process.env.OUTSIDE_URL}/https/${host}${pathname}${search}`;

const { fetch } = globalThis;
globalThis.fetch = (address, init) => {
  const url = new URL(address);
  return fetch(url.protocol === 'https:' ? outside(url) : url, init);
};
https.request = ({ hostname, path, ...options }, onAnswer) =>
  http.request(outside(new URL(path, `https://${hostname}`)), options, onAnswer);
const { setTimeout: sleep } = timers;
timers.setTimeout = (ms, ...more) => sleep(ms / FASTER, ...more);
syncBuiltinESMExports();
