import { fewestRingsFirst, ringAlone, type Strategy } from './strategy';

/** One after another, beginning after the member who rang last for the caller before. */
export const roundRobin: Strategy = (sight) => {
  const order = sight.plan.members.map(({ extension }) => extension);
  const start = sight.lastOfLine === undefined ? 0 : order.indexOf(sight.lastOfLine) + 1;
  const place = (extension: string) =>
    (order.indexOf(extension) - start + order.length) % Math.max(1, order.length);
  const fromThere = [...sight.free].sort((a, b) => place(a.extension) - place(b.extension));
  const [next] = fewestRingsFirst(fromThere, sight);
  return next && ringAlone(next, sight);
};
