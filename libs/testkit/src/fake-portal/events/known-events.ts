/** Events an application can bind, with the scope each belongs to; '' is `basic`, which everybody has. */
export const knownEvents: Readonly<Record<string, string>> = {
  ONAPPINSTALL: '',
  ONAPPUPDATE: '',
  ONAPPUNINSTALL: '',
  ONAPPPAYMENT: '',
  ONAPPMETHODCONFIRM: '',
  ONAPPTEST: '',
  ONOFFLINEEVENT: '',
  ONUSERADD: 'user',
  ONEXTERNALCALLSTART: 'telephony',
  ONEXTERNALCALLBACKSTART: 'telephony',
  ONVOXIMPLANTCALLINIT: 'telephony',
  ONVOXIMPLANTCALLSTART: 'telephony',
  ONVOXIMPLANTCALLEND: 'telephony',
};

/** `user_basic` and `user_brief` are smaller forms of `user`. */
export function hasScopeOf(event: string, scopes: readonly string[]): boolean {
  const needed = knownEvents[event];
  if (needed === undefined) return false;
  return needed === '' || scopes.some((scope) => scope === needed || scope.startsWith(`${needed}_`));
}
