import type { FiledExpectation } from '../language/expectations';
import type { HeldCall } from '../../world/portal-holding';
import type { Scene } from '../run/scene';
import { trueTalkMs, type Aftermath } from './aftermath';
import { checkMaker, listed, type Check, type MakeCheck } from './check';
import { isCloseEnough, lengthText } from './close-enough';

const DIRECTIONS: Readonly<Record<string, string>> = {
  1: 'outbound',
  2: 'inbound',
  3: 'inbound',
  4: 'callback',
};

/** What the portal must hold. */
export function checkPortal(aftermath: Aftermath): Check[] {
  const { scenario, scene } = aftermath;
  const { filed, cards = {}, told = {}, requests = {} } = scenario.then.portal ?? {};
  const at = (...path: (string | number)[]) => checkMaker(scenario.lineOf, ['then', 'portal', ...path]);
  return [
    ...(filed === 'nothing' ? [nothingFiled(aftermath, at())] : checkFiled(aftermath, filed ?? [])),
    ...Object.entries(cards).map(([who, wanted]) => {
      const count = cardsOf(aftermath, scene.person(who)?.userId);
      const text =
        wanted === 'none' ? `${who} never saw a card` : `${who} saw ${wanted} card${wanted === 1 ? '' : 's'}`;
      return at('cards')(who, text, count === (wanted === 'none' ? 0 : wanted), () => `it were ${count}`);
    }),
    ...Object.entries(told).map(([who, wanted]) => {
      const texts = wanted === 'nothing' ? [] : wanted;
      const is = scene.noticesTo(who);
      const isTrue = is.length === texts.length && texts.every((text, index) => is[index]?.includes(text));
      return at('told')(who, `${who} was told ${listed(texts)}`, isTrue, () => `it was ${listed(is)}`);
    }),
    ...Object.entries(requests).map(([method, wanted]) => {
      const name = method.includes('.') ? method : `telephony.externalCall.${method}`;
      const count = scene.portal.fake.requestsTo(name).length;
      return at('requests')(
        method,
        `${wanted} requests to ${name}`,
        count === wanted,
        () => `it were ${count}`,
      );
    }),
  ];
}

function cardsOf({ held }: Aftermath, userId: number | undefined): number {
  return held.flatMap(({ cards }) => cards).filter((card) => card.userId === userId).length;
}

function nothingFiled({ held }: Aftermath, check: MakeCheck): Check {
  const rows = held.flatMap((call) => call.rows.map(() => call.phone));
  return check(
    'filed',
    'the portal has filed nothing',
    rows.length === 0,
    () => `it has filed calls with ${listed(rows)}`,
  );
}

function checkFiled(aftermath: Aftermath, wanted: readonly FiledExpectation[]): Check[] {
  const { scenario, scene, held } = aftermath;
  const taken = new Set<HeldCall>();
  const isList =
    scenario.lineOf(['then', 'portal', 'filed', 0]) !== scenario.lineOf(['then', 'portal', 'filed']);
  return wanted.flatMap((expected, index) => {
    const check = checkMaker(scenario.lineOf, ['then', 'portal', 'filed', ...(isList ? [index] : [])]);
    const whose = expected.of === undefined ? 'the filed call' : `the filed call of ${expected.of}`;
    const candidates = held.filter(
      ({ phone }) => expected.of === undefined || isOf(scene, expected.of, phone),
    );
    const found = candidates.find((call) => !taken.has(call));
    if (!found)
      return [
        check(
          'of',
          `the portal holds ${whose}`,
          false,
          () => `it holds calls with ${listed(held.map(({ phone }) => phone))}`,
        ),
      ];
    taken.add(found);
    return new FiledChecks(aftermath, found, whose, check).all(expected);
  });
}

function isOf(scene: Scene, who: string, phone: string): boolean {
  return scene.isNumberOf(who, phone) || scene.numberOf(who).replace(/\D/g, '') === phone;
}

class FiledChecks {
  constructor(
    private readonly aftermath: Aftermath,
    private readonly held: HeldCall,
    private readonly whose: string,
    private readonly check: MakeCheck,
  ) {}

  all(expected: FiledExpectation): Check[] {
    const { held, aftermath } = this;
    const { scene } = aftermath;
    const [row] = held.rows;
    const card = held.cards.length === 0;
    return [
      ...this.#equal('status', expected.status, row?.statusCode),
      ...this.#equal(
        'person',
        expected.person,
        row && (scene.whoHasUser(row.userId) ?? `user ${row.userId}`),
      ),
      ...this.#equal('line', expected.line && this.#lineNumber(expected.line), row?.line),
      ...this.#equal('direction', expected.direction, DIRECTIONS[held.type]),
      ...this.#equal(
        'under the click',
        text(expected['under the click']),
        text(held.clickedBy !== undefined),
      ),
      ...this.#equal('call list', text(expected['call list']), text(callListOf(scene, held))),
      ...this.#equal('bound to', expected['bound to'], boundTo(scene, held)),
      ...this.#talk(expected.talk, row && row.seconds * 1_000),
      ...this.#recording(expected.recording),
      ...(expected['without a card']
        ? [
            this.check(
              'without a card',
              `${this.whose}: nobody saw a card of it`,
              card,
              () => `${held.cards.length} were shown`,
            ),
          ]
        : []),
    ];
  }

  #equal(key: string, wanted: string | undefined, is: string | undefined): Check[] {
    if (wanted === undefined) return [];
    return [
      this.check(key, `${this.whose}: ${key} ${wanted}`, wanted === is, () => `it is ${is ?? 'not there'}`),
    ];
  }

  #lineNumber(line: string): string {
    const { lines } = this.aftermath.scene.cast;
    const number = this.aftermath.scene.numberOf(line);
    return lines.find((one) => one.number === number)?.lineNumber ?? line;
  }

  get #trueMs(): number {
    const known = this.aftermath.calls.find(({ call }) => call.callId === this.held.callId);
    return known ? trueTalkMs(known, this.aftermath.now) : 0;
  }

  #talk(wantedMs: number | undefined, isMs: number | undefined): Check[] {
    if (wantedMs === undefined) return [];
    const isRight = isMs !== undefined && isCloseEnough(isMs, wantedMs, this.#trueMs);
    const came = (): string =>
      isMs === undefined ? 'it is not filed' : `it is ${lengthText(isMs, this.#trueMs)}`;
    return [this.check('talk', `${this.whose}: a talk of ${wantedMs / 1_000} s`, isRight, came)];
  }

  #recording(wanted: FiledExpectation['recording']): Check[] {
    if (wanted === undefined) return [];
    const { recording } = this.held;
    const text = `${this.whose}: ${typeof wanted === 'number' ? `a recording of ${wanted / 1_000} s` : `${wanted === 'none' ? 'no' : 'a'} recording`}`;
    const came = (): string =>
      recording ? `it has one of ${recording.seconds?.toFixed(1) ?? 'unknown'} s` : 'it has none';
    return [this.check('recording', text, this.#isRecorded(wanted), came)];
  }

  #isRecorded(wanted: 'none' | 'some' | number): boolean {
    const { recording } = this.held;
    if (wanted === 'none') return recording === undefined;
    if (wanted === 'some') return recording?.seconds !== undefined;
    return recording?.seconds !== undefined && isCloseEnough(recording.seconds * 1_000, wanted, this.#trueMs);
  }
}

function text(value: boolean | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function callListOf(scene: Scene, { portalCallId }: HeldCall): number | undefined {
  return scene.portal.fake.state.calls.known(portalCallId)?.callListId ?? undefined;
}

/** Whom a call is filed with, in the words of the language. */
export function boundTo(scene: Scene, held: HeldCall): string {
  const call = scene.portal.fake.state.calls.known(held.portalCallId);
  const { crm, created = [] } = call ?? {};
  if (created.length > 0) return created[0]?.type === 'LEAD' ? 'a new lead' : 'a new contact';
  if (!crm) return 'nobody';
  const entity = scene.portal.fake.company.crm.find(({ type, id }) => type === crm.type && id === crm.id);
  const client = scene.cast.clients.find(({ number }) => entity?.phones.includes(number));
  return client?.id ?? `${crm.type} ${crm.id}`;
}
