import { randomBytes } from 'node:crypto';
import type { SwitchPorts } from './switch-ports';

export const HOST = '127.0.0.1';
export const DOMAIN = 'pbx.internal';

/** Passwords of a switch that lives for a few minutes. */
export interface SwitchSecrets {
  readonly admin: string;
  readonly connector: string;
  readonly phone: string;
}

export function newSecrets(): SwitchSecrets {
  return { admin: secret(), connector: secret(), phone: secret() };
}

/** The CONNECTOR_* settings of a switch of our own: where it listens, and its passwords. */
export function switchSettings(ports: SwitchPorts, secrets: SwitchSecrets): Record<string, string> {
  return {
    CONNECTOR_DOMAIN: DOMAIN,
    CONNECTOR_SIP_IP: HOST,
    CONNECTOR_SIP_PORT: String(ports.sip),
    CONNECTOR_WS_PORT: String(ports.webSocket),
    CONNECTOR_EXTERNAL_PORT: String(ports.trunks),
    CONNECTOR_ESL_PORT: String(ports.eventSocket),
    CONNECTOR_RTP_START: String(ports.rtp.start),
    CONNECTOR_RTP_END: String(ports.rtp.end),
    CONNECTOR_ESL_PASSWORD: secrets.admin,
    CONNECTOR_ESL_USER_PASSWORD: secrets.connector,
    CONNECTOR_SIP_PASSWORD: secrets.phone,
  };
}

function secret(): string {
  return randomBytes(16).toString('hex');
}
