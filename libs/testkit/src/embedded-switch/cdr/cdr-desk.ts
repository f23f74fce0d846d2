import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Channel } from '../core';
import type { PlannedJsonCdr } from '../dialplan-port';
import { jsonCdr } from './json-cdr';

/** libcurl's own, where the module says 0. */
const PATIENT_MS = 300_000;

/**
 * mod_json_cdr: posts a record of each leg, and keeps in the spool what could not be posted. The leg waits for that, and its
 * CHANNEL_HANGUP_COMPLETE with it.
 */
export class CdrDesk {
  readonly #over = new AbortController();
  #urlIndex = 0;

  constructor(
    private readonly plan: PlannedJsonCdr,
    private readonly identity: () => { coreUuid: string; switchName: string },
  ) {}

  /** @throws the system's error when the spool cannot be written */
  async report(channel: Channel): Promise<void> {
    const { urls, withOtherLegs, firstLegPrefix } = this.plan;
    const isOther = channel.profiles[0]?.originator !== undefined;
    if (urls.length === 0 || this.#over.signal.aborted) return;
    if (isOther && !withOtherLegs && !channel.variables.isTrue('force_process_cdr')) return;
    const text = JSON.stringify(jsonCdr(channel, this.identity()));
    if (await this.#post(channel.uuid, text)) return;
    await this.#keep(`${isOther ? '' : firstLegPrefix}${channel.uuid}.cdr.json`, text);
  }

  /** The process has ended: what is under way comes to nothing. */
  stop(): void {
    this.#over.abort();
  }

  async #post(uuid: string, text: string): Promise<boolean> {
    for (let left = this.plan.attempts; left > 0; left -= 1) {
      const url = this.plan.urls[this.#urlIndex] ?? '';
      if (await this.#postTo(`${url}?uuid=${uuid}`, text)) return true;
      this.#urlIndex = (this.#urlIndex + 1) % this.plan.urls.length;
    }
    return false;
  }

  async #postTo(url: string, text: string): Promise<boolean> {
    const { credentials, contentType, timeoutSeconds } = this.plan;
    const basic = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
    const patience = AbortSignal.timeout(timeoutSeconds * 1000 || PATIENT_MS);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': contentType,
          'User-Agent': 'freeswitch-json/1.0',
          ...(basic && { Authorization: basic }),
        },
        body: text,
        redirect: 'manual',
        signal: AbortSignal.any([patience, this.#over.signal]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      // nobody listens, or not in time: that is what the spool is for
      return false;
    }
  }

  async #keep(name: string, text: string): Promise<void> {
    const { spoolDirectory } = this.plan;
    if (spoolDirectory === undefined || this.#over.signal.aborted) return;
    await mkdir(spoolDirectory, { recursive: true });
    await writeFile(join(spoolDirectory, name), `${text}\n`);
  }
}
