/**
 * Compiles TypeScript, and the ESM-only packages of NestJS 12, for Jest.
 * Jest on Node 20 cannot `require` an ES module, so those packages are compiled to CommonJS too.
 */
const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const swcJest = require('@swc/jest');

const {
  $schema: _schema,
  sourceMaps: _maps,
  ...swcrc
} = JSON.parse(readFileSync(resolve(__dirname, '.swcrc'), 'utf8'));
swcrc.jsc.baseUrl = __dirname;

module.exports = swcJest.createTransformer({ ...swcrc, swcrc: false, sourceMaps: 'inline' });
