export { loopbackEndpoint } from './loopback-endpoint';
export { unloop } from './unloop';
