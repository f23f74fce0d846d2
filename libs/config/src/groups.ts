/** Every setting of the product. The table in docs/generated/env.md and .env.example tell the same names. */
import { z } from 'zod';
import {
  address,
  listOf,
  milliseconds,
  oneOf,
  plainText,
  port,
  publicAddress,
  someOf,
  wholeNumber,
} from './formats';
import { clickVariables, dialVariables } from './clicks';
import { routingVariables } from './routing';
import { secretKeys } from './secret-keys';
import { recordingRoots, switches, visitedSwitches } from './switches';
import { variable } from './variable';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const databaseVariables = {
  url: variable('DATABASE_URL', address('postgres', 'postgresql'), {
    meaning: 'The Postgres database (14 or newer) that holds calls and what the portals know of them.',
    example: 'postgres://connector:PASSWORD@db.example/connector',
    secret: true,
  }),
  poolSize: variable('DATABASE_POOL_SIZE', wholeNumber(2, 200), {
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

/** For whoever opens tokens and application secrets. */
export const secretVariables = {
  keys: variable('SECRET_KEYS', secretKeys, {
    meaning:
      'What tokens and application secrets are encrypted with: id:key, the key 32 bytes in base64. Several with commas: the first encrypts, all decrypt.',
    example: '2026-11:$(openssl rand -base64 32)',
    secret: true,
  }),
};

/** For whoever speaks to portals and OAuth servers. */
export const portalAccessVariables = {
  allowed: variable(
    'ALLOWED_PORTALS',
    listOf(
      // Without TLS only on this machine: the database refuses to keep any other portal.
      /^((https:\/\/)?(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)|http:\/\/(localhost|127\.0\.0\.1|\[::1\]))(:(\d{1,5}|\*))?$/i,
      'must be addresses of the form host[:port], separated by commas.',
    ),
    {
      meaning:
        'Portals that are called though they are not on a public https address, such as one inside the company: host[:port] with commas.',
      byDefault: '',
    },
  ),
  oauthServers: variable(
    'OAUTH_SERVERS',
    listOf(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/i, 'must be like https://host, separated by commas.'),
    {
      meaning:
        'OAuth servers that are trusted with application secrets besides those of Bitrix24; for tests, with commas.',
      byDefault: '',
    },
  ),
  oauthMs: variable('OAUTH_TIMEOUT_MS', milliseconds(100, 25 * SECOND), {
    meaning: 'How long an OAuth server may take to renew tokens.',
    byDefault: '10000',
  }),
};

export const publicUrlVariables = {
  publicUrl: variable('PUBLIC_URL', publicAddress, {
    meaning:
      'The address of the public door as the internet knows it, e.g. https://connector.example.com; portals send their events there.',
    byDefault: '',
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
    trustedProxies: variable(
      'TRUSTED_PROXIES',
      listOf(
        /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i,
        'must be addresses or networks (CIDR), or loopback, separated by commas.',
      ),
      {
        meaning:
          'Proxies whose X-Forwarded-For is believed: addresses, networks (CIDR), or loopback, with commas.',
        byDefault: 'loopback',
      },
    ),
  },
  secrets: secretVariables,
  portals: portalAccessVariables,
  keep: {
    ledgerDays: variable('KEEP_LEDGER_DAYS', wholeNumber(1, 3_650), {
      meaning: 'Days that requests to portals and their answers are kept.',
      byDefault: '90',
    }),
    eventDays: variable('KEEP_EVENTS_DAYS', wholeNumber(1, 3_650), {
      meaning: 'Days that events of portals are kept.',
      byDefault: '30',
    }),
  },
  switches: variable('SWITCHES', switches, {
    meaning: 'The switches to follow, as a JSON array; the fields are listed below.',
    example: '[{"id":"main","host":"10.0.0.5","passwordFile":"/run/secrets/esl"}]',
    secret: true,
  }),
  dial: dialVariables,
  routing: routingVariables,
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
  secrets: secretVariables,
  portals: portalAccessVariables,
  clicks: clickVariables,
  ...publicUrlVariables,
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

/** Of the command line: portals, calls by hand, and the doctor. */
export const cliVariables = {
  log: logVariables,
  database: databaseVariables,
  queue: queueVariables,
  policy: policyVariables,
  clicks: clickVariables,
  secrets: secretVariables,
  portals: portalAccessVariables,
  ...publicUrlVariables,
  switches: variable('SWITCHES', visitedSwitches, {
    meaning: 'The switches that the doctor looks at, as the gateway has them; none: they are not looked at.',
    byDefault: '',
    secret: true,
  }),
};
