/** Takes apart a command line, by hand: there may be no package yet when this runs. */
import { Refusal } from './say.mjs';

/** The command's name and what follows it; no name, `-h` and `--help` ask for help. */
export function takeName(args) {
  const [name = 'help', ...rest] = args;
  return ['-h', '--help'].includes(name) ? { name: 'help', rest } : { name, rest };
}

/** Removes `--flag` from `args`; true if it was there. */
export function takeFlag(args, flag) {
  const at = ownPart(args).indexOf(flag);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
}

/** Removes `--option value` or `--option=value` from `args`; the value must be one of `allowed`, if that is given. */
export function takeOption(args, option, allowed, byDefault) {
  const at = ownPart(args).findIndex((arg) => arg === option || arg.startsWith(`${option}=`));
  if (at < 0) return byDefault;
  const joined = args[at].startsWith(`${option}=`);
  const value = joined ? args[at].slice(option.length + 1) : args[at + 1];
  if (value === undefined) throw new Refusal(`${option} needs a value.`, 2);
  if (allowed && !allowed.includes(value))
    throw new Refusal(`${option} is one of: ${allowed.join(', ')}.`, 2);
  args.splice(at, joined ? 1 : 2);
  return value;
}

/** What stands before `--` is for the launcher, the rest for the program it starts. */
function ownPart(args) {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}
