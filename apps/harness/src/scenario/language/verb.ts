import type { z } from 'zod';
import type { Handset } from '../run/handset';
import type { Scene } from '../run/scene';
import type { Words } from './words';

/** Who or what can do something. */
export type SubjectKind =
  'person' | 'client' | 'portal' | 'gateway' | 'worker' | 'switch' | 'recordings' | 'operator';

/**
 * - `within`: the longest time to wait for it;
 * - `after`: so long nothing happens before it;
 * - `for`: so long it goes on, and has to stay true.
 */
export type Modifier = 'within' | 'after' | 'for';

/** What a verb has at hand when it is its turn. */
export interface Turn<Args = unknown> {
  readonly scene: Scene;
  /** The phones of the subject; none when the subject is no person. */
  readonly who: readonly Handset[];
  /** The subject's people, also those who have no phone. */
  readonly names: readonly string[];
  readonly kind: SubjectKind;
  /** What was written after the verb, by the keys of its shape. */
  readonly args: Args;
  readonly withinMs: number;
  readonly forMs?: number;
  /** When the step before began, epoch ms: what lasts a moment may be over when it is looked for. */
  readonly sinceMs: number;
}

/**
 * A verb of the language: how it is written, and what is done or awaited. A new one is an object of this kind and its
 * name in the lexicon; schema, documentation and messages follow.
 */
export interface Verb {
  /** "rings", "is called by". */
  readonly one: string;
  /** As it is written after several names, "ring"; missing: one alone can do it. */
  readonly several?: string;
  readonly who: readonly SubjectKind[];
  /** Whether it is something that is done, or something that is awaited and has to come true. */
  readonly mood: 'does' | 'awaits';
  /** A sentence or two for the documentation. */
  readonly about: string;
  /** A step as it stands in a file. */
  readonly example: string;
  /** Whether it can stand alone, without anything after it. */
  readonly bare: boolean;
  /** What may stand after it: the key that is named as the verb is its object. */
  readonly shape?: (words: Words) => Readonly<Record<string, z.ZodType>>;
  readonly takes: readonly Modifier[];
  /** Whether it is about all named together ("hear each other"), not about each of them. */
  readonly isMutual?: boolean;
  readonly perform: (turn: Turn) => Promise<void>;
}

type ShapeOf = (words: Words) => Readonly<Record<string, z.ZodType>>;
type ArgsOf<Shape extends ShapeOf> = z.output<z.ZodObject<ReturnType<Shape>>>;

/** A verb whose `perform` knows the types of what is written after it. */
export function verb<Shape extends ShapeOf>(
  definition: Omit<Verb, 'perform' | 'shape' | 'bare'> & {
    readonly bare?: boolean;
    readonly shape: Shape;
    readonly perform: (turn: Turn<Partial<ArgsOf<Shape>>>) => Promise<void>;
  },
): Verb;
export function verb(
  definition: Omit<Verb, 'perform' | 'shape' | 'bare'> & {
    readonly perform: (turn: Turn<Record<string, never>>) => Promise<void>;
  },
): Verb;
export function verb(
  definition: Omit<Verb, 'perform' | 'bare'> & {
    readonly bare?: boolean;
    readonly perform: (turn: Turn<never>) => Promise<void>;
  },
): Verb {
  const { perform, bare = definition.shape === undefined } = definition;
  // What a turn carries has passed the verb's own shape: the reader sees to that.
  return { ...definition, bare, perform: perform as Verb['perform'] };
}
