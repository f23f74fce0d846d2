import { contract } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import type { z } from 'zod';
import { ownContract } from '../own-contract';

/** Every method of this portal, under the name the documentation gives it. The connector's contract goes first. */
export const catalogue = { ...ownContract, ...contract } as const satisfies Record<string, MethodContract>;

export type FakeMethod = keyof typeof catalogue;
/** Parameters after the schema has read them. */
export type ParamsOf<M extends FakeMethod> = z.output<(typeof catalogue)[M]['params']>;
/** What may travel as the result, artefacts of PHP included. */
export type WireResultOf<M extends FakeMethod> = z.input<(typeof catalogue)[M]['result']>;

const byLowerCase = new Map(
  (Object.keys(catalogue) as FakeMethod[]).map((name) => [name.toLowerCase(), name]),
);

/** The method of this name; the portal does not care about its case. */
export function methodByName(name: string): FakeMethod | undefined {
  return byLowerCase.get(name.toLowerCase());
}
