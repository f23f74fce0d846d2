/** Every setting of the product. The table in docs/generated/env.md and .env.example tell the same names. */
import { z } from 'zod';
import {
  address,
  allowedAddresses,
  milliseconds,
  oneOf,
  plainText,
  port,
  someOf,
  wholeNumber,
} from './formats';
import { recordingRoots, switches } from './switches';
import { variable } from './variable';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const databaseVariables = {
  url: variable('DATABASE_URL', address('postgres', 'postgresql'), {
    meaning: 'The Postgres database (14 or newer) that holds calls and what the portals know of them.',
    example: 'postgres://connector:PASSWORD@db.example/connector',
    secret: true,
  }),
  poolSize: variable('DATABASE_POOL_SIZE', wholeNumber(1, 200), {
    meaning: 'Connections that one process keeps to the database at most.',
    byDefault: '10',
  }),
};

export const queueVariables = {
  url: variable('QUEUE_URL', address('redis', 'rediss', 'postgres', 'postgresql'), {
    meaning: 'Where BullMQ keeps its jobs: Redis 6.2 or newer without eviction, or Postgres.',
    example: 'redis://:PASSWORD@redis.example:6379/0',
    secret: true,
  }),
};

export const logVariables = {
  level: variable('LOG_LEVEL', oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace']), {
    meaning: 'The least important messages that are logged.',
    byDefault: 'info',
  }),
};

/** Health and metrics, for the private network. The gateway and the worker of one machine need ports of their own. */
export const opsVariables = {
  host: variable('METRICS_HOST', plainText, {
    meaning: 'The address that /health and /metrics are served on; 0.0.0.0 in a container.',
    byDefault: '127.0.0.1',
  }),
  port: variable('METRICS_PORT', port, {
    meaning: 'The port that /health and /metrics are served on; every process of one machine needs its own.',
    byDefault: '9464',
  }),
  shutdownMs: variable('SHUTDOWN_TIMEOUT_MS', milliseconds(0, 10 * MINUTE), {
    meaning: 'How long a process that is asked to stop may finish what it has begun.',
    byDefault: '10000',
  }),
};

/** How calls are shown in a portal, unless the portal has a setting of its own. */
export const policyVariables = {
  defaultRegion: variable(
    'DEFAULT_REGION',
    z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters, e.g. RU (ISO 3166-1).'),
    { meaning: 'The country whose numbers are written without a country code.', byDefault: 'RU' },
  ),
  cards: variable('CARD_POLICY', oneOf(['ringing', 'answered', 'never']), {
    meaning: 'When a user sees the card of a call.',
    byDefault: 'ringing',
  }),
  finishWhen: variable('FINISH_WHEN', oneOf(['at-end', 'recording-ready']), {
    meaning: 'The call is filed at its end and the recording follows, or both when the recording is ready.',
    byDefault: 'at-end',
  }),
  recordingUpload: variable('RECORDING_UPLOAD', oneOf(['two-step', 'base64']), {
    meaning: 'The recording is uploaded to the address the portal gives, or within the request.',
    byDefault: 'two-step',
  }),
};

export const gatewayVariables = {
  roles: variable('GATEWAY_ROLES', someOf(['switch', 'http']), {
    meaning: 'What this gateway does: follow the switches, be the public door, or both.',
    byDefault: 'switch,http',
  }),
  log: logVariables,
  database: databaseVariables,
  queue: queueVariables,
  ops: opsVariables,
  policy: policyVariables,
  http: {
    host: variable('HTTP_HOST', plainText, {
      meaning: 'The address of the public door; behind a TLS proxy of the same machine 127.0.0.1 is enough.',
      byDefault: '127.0.0.1',
    }),
    port: variable('HTTP_PORT', port, { meaning: 'The port of the public door.', byDefault: '3000' }),
  },
  switches: variable('SWITCHES', switches, {
    meaning: 'The switches to follow, as a JSON array; the fields are listed below.',
    example: '[{"id":"main","host":"10.0.0.5","passwordFile":"/run/secrets/esl"}]',
    secret: true,
  }),
  groupCommitMs: variable('GROUP_COMMIT_MS', milliseconds(0, SECOND), {
    meaning: 'How long changes of calls are gathered before they are written in one transaction.',
    byDefault: '5',
  }),
  esl: {
    connectMs: variable('ESL_CONNECT_TIMEOUT_MS', milliseconds(100, MINUTE), {
      meaning: 'How long a connection to a switch, log-in included, may take.',
      byDefault: '5000',
    }),
    commandMs: variable('ESL_COMMAND_TIMEOUT_MS', milliseconds(100, MINUTE), {
      meaning: 'How long a switch may take to answer a command.',
      byDefault: '5000',
    }),
    silenceMs: variable('ESL_SILENCE_MS', milliseconds(20 * SECOND, 10 * MINUTE), {
      meaning:
        'A switch that sends nothing for so long is taken for dead; it sends a heartbeat every 20 seconds.',
      byDefault: '45000',
    }),
  },
};

export const workerVariables = {
  log: logVariables,
  database: databaseVariables,
  queue: queueVariables,
  ops: opsVariables,
  policy: policyVariables,
  recordings: variable('SWITCHES', recordingRoots, {
    meaning: 'The switches whose recordings are uploaded; id and recordings are enough here.',
    example: '[{"id":"main","recordings":[{"from":"/var/lib/freeswitch/recordings","to":"/recordings"}]}]',
    secret: true,
  }),
  concurrency: variable('WORKER_CONCURRENCY', wholeNumber(1, 1_000), {
    meaning: 'Calls that one worker brings to their portals at the same time.',
    byDefault: '20',
  }),
  jobLockMs: variable('JOB_LOCK_MS', milliseconds(SECOND, 10 * MINUTE), {
    meaning: 'How long a job belongs to a worker that gives no sign of life; then another takes it up.',
    byDefault: '10000',
  }),
  portal: {
    concurrency: variable('PORTAL_CONCURRENCY', wholeNumber(1, 100), {
      meaning:
        'Requests to one portal in flight at most, so that a hanging portal does not take all of a worker.',
      byDefault: '4',
    }),
    allowedAddresses: variable('PORTAL_ALLOWED_ADDRESSES', allowedAddresses, {
      meaning:
        'Portals that may be called though they are not public or not https, as [http://]host[:port], with commas between; a port may be *, a host *.domain.',
      byDefault: '',
    }),
    operatingSeconds: variable('PORTAL_OPERATING_SECONDS', wholeNumber(1, 6_000), {
      meaning:
        'Working time that a portal grants each method in ten minutes; calls that can wait stop well before, cards last.',
      byDefault: '480',
    }),
    cardMs: variable('PORTAL_CARD_TIMEOUT_MS', milliseconds(100, MINUTE), {
      meaning: 'How long a portal may take to show or hide a card.',
      byDefault: '5000',
    }),
    requestMs: variable('PORTAL_TIMEOUT_MS', milliseconds(100, 10 * MINUTE), {
      meaning: 'How long a portal may take to answer any other request.',
      byDefault: '30000',
    }),
    uploadMs: variable('PORTAL_UPLOAD_TIMEOUT_MS', milliseconds(SECOND, 60 * MINUTE), {
      meaning: 'How long the upload of one recording may take.',
      byDefault: '300000',
    }),
  },
};
