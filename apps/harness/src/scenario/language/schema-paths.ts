import type { z } from 'zod';
import type { YamlPath } from './yaml-text';

/** Gives the keys that a map at a path of a schema may have; none when it may have any. */
export function schemaPaths(schema: z.ZodType): (path: YamlPath) => readonly string[] {
  return (path) => keysAt(schema, path);
}

/** What is looked at inside a schema of zod. */
interface Inside {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, Inside>>;
    readonly innerType?: Inside;
    readonly in?: Inside;
    readonly element?: Inside;
    readonly valueType?: Inside;
    readonly options?: readonly Inside[];
    readonly entries?: Readonly<Record<string, string>>;
    readonly keyType?: Inside;
  };
}

function keysAt(schema: Inside, path: YamlPath): readonly string[] {
  const { def } = schema;
  const wrapped = def.innerType ?? (def.type === 'pipe' ? def.in : undefined);
  if (wrapped) return keysAt(wrapped, path);
  if (def.options) return def.options.flatMap((option) => keysAt(option, path));
  const [key, ...rest] = path;
  if (key === undefined)
    return def.shape ? Object.keys(def.shape) : Object.keys(def.keyType?.def.entries ?? {});
  const inner = def.shape?.[String(key)] ?? def.element ?? def.valueType;
  return inner ? keysAt(inner, rest) : [];
}
