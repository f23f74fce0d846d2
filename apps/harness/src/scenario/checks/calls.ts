import type { CallExpectation } from '../language/expectations';
import type { Scene } from '../run/scene';
import { callsOf, trueTalkMs, type Aftermath, type KnownCall } from './aftermath';
import { checkMaker, listed, type Check, type MakeCheck } from './check';
import { isCloseEnough, lengthText } from './close-enough';

/** What the database must say of calls. */
export function checkCalls(aftermath: Aftermath): Check[] {
  const { scenario, calls } = aftermath;
  const taken = new Set<KnownCall>();
  return (scenario.then.call ?? []).flatMap((expected, index) => {
    const check = checkMaker(scenario.lineOf, ['then', 'call', ...(isList(aftermath) ? [index] : [])]);
    const { of: who } = expected;
    const candidates = who === undefined ? calls : callsOf(aftermath, who);
    const found = candidates.find((call) => !taken.has(call));
    const whose = who === undefined ? 'the call' : `the call of ${who}`;
    if (!found) return [check('of', `the database knows ${whose}`, false, () => `it knows ${told(calls)}`)];
    taken.add(found);
    return new CallChecks(aftermath, found, whose, check).all(expected);
  });
}

/** A list counts its entries, a single call does not. */
function isList({ scenario }: Aftermath): boolean {
  return scenario.lineOf(['then', 'call', 0]) !== scenario.lineOf(['then', 'call']);
}

function told(calls: readonly KnownCall[]): string {
  const texts = calls.map(
    ({ facts }) => `${facts.direction} with ${facts.externalNumber ?? facts.extension ?? 'nobody'}`,
  );
  return calls.length === 0 ? 'no call' : `${calls.length}: ${texts.join(', ')}`;
}

class CallChecks {
  constructor(
    private readonly aftermath: Aftermath,
    private readonly known: KnownCall,
    private readonly whose: string,
    private readonly check: MakeCheck,
  ) {}

  all(expected: CallExpectation): Check[] {
    const { facts } = this.known;
    const { scene } = this.aftermath;
    const name = (extension: string | undefined): string | undefined =>
      extension === undefined ? undefined : (scene.whoHasNumber(extension) ?? extension);
    return [
      ...this.#equal('direction', expected.direction, facts.direction),
      ...this.#equal('outcome', expected.outcome, facts.outcome),
      ...this.#talk(expected.talk),
      ...this.#equal('answered by', expected['answered by'], name(facts.answeredByExtension)),
      ...this.#equal('dialled by', expected['dialled by'], name(facts.extension)),
      ...this.#equal('hung up by', expected['hung up by'], facts.hungUpBy),
      ...this.#people(
        'rang',
        expected.rang?.toSorted(),
        facts.ringingExtensions.map((one) => name(one) ?? '').sort(),
      ),
      ...this.#equal('number', expected.number && scene.numberOf(expected.number), facts.did),
      ...this.#people('talked', expected.talked, this.#talked(scene)),
      ...this.#transfers(expected, name),
      ...this.#equal('click', expected.click, facts.clickToCall),
      ...this.#equal('recordings', expected.recordings, facts.recordingFiles.length),
      ...this.#remark(expected.remark),
    ];
  }

  #equal<T extends string | number | boolean>(
    key: string,
    wanted: T | undefined,
    is: T | undefined,
  ): Check[] {
    if (wanted === undefined) return [];
    const text = `${this.whose}: ${key} ${String(wanted)}`;
    return [this.check(key, text, is === wanted, () => `it is ${String(is ?? 'not known')}`)];
  }

  #remark(wanted: string | undefined): Check[] {
    if (wanted === undefined) return [];
    const { remark = 'nothing' } = this.known;
    const text = `${this.whose}: it is explained with "${wanted}"`;
    return [this.check('remark', text, remark.includes(wanted), () => `it is explained with ${remark}`)];
  }

  #talk(wantedMs: number | undefined): Check[] {
    if (wantedMs === undefined) return [];
    const isMs = this.known.facts.talkSeconds * 1_000;
    const trueMs = trueTalkMs(this.known, this.aftermath.now);
    const text = `${this.whose}: a talk of ${wantedMs / 1_000} s`;
    return [
      this.check(
        'talk',
        text,
        isCloseEnough(isMs, wantedMs, trueMs),
        () => `it lasted ${lengthText(isMs, trueMs)}`,
      ),
    ];
  }

  #people(key: string, wanted: readonly string[] | undefined, is: readonly string[]): Check[] {
    if (!wanted) return [];
    const text = `${this.whose}: ${key} ${listed(wanted)}`;
    return [this.check(key, text, listed(wanted) === listed(is), () => `it is ${listed(is)}`)];
  }

  /** Who talked with the client, one after another; a consultation is no talk with him. */
  #talked(scene: Scene): string[] {
    const parts = this.known.facts.talkParts.filter(({ consultation }) => !consultation);
    const names = parts.map(({ extension }) => scene.whoHasNumber(extension) ?? extension);
    return names.filter((one, index) => one !== names[index - 1]);
  }

  #transfers(
    { transfers }: CallExpectation,
    name: (extension: string | undefined) => string | undefined,
  ): Check[] {
    if (!transfers) return [];
    const wanted = transfers.map(({ kind, by, to }) =>
      [kind, by && `by ${by}`, to && `to ${to}`].filter(Boolean).join(' '),
    );
    const is = this.known.facts.transfers.map((transfer, index) => {
      const { by, to } = transfers[index] ?? {};
      const who = transfer.by === 'api' ? 'api' : name(transfer.by);
      return [transfer.kind, by && `by ${who ?? '?'}`, to && `to ${name(transfer.to) ?? '?'}`]
        .filter(Boolean)
        .join(' ');
    });
    return [
      this.check(
        'transfers',
        `${this.whose}: transfers: ${listed(wanted)}`,
        listed(wanted) === listed(is),
        () => `there are: ${listed(is)}`,
      ),
    ];
  }
}
