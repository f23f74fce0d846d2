import { cloneProfile, type CallerProfile } from '../../core';

/**
 * The profile of one leg as another one keeps it. Of who was called the times so far are kept; those of who called begin
 * at 0 and are filled in as the called leg rings (captures: Other-Leg-Channel-*-Time).
 */
export function cloneForPartner(profile: CallerProfile, role: 'originator' | 'originatee'): CallerProfile {
  const clone = cloneProfile(profile);
  if (role === 'originatee') return clone;
  const nothing = Object.fromEntries(Object.keys(clone.times).map((name) => [name, 0]));
  return { ...clone, times: { ...clone.times, ...nothing } };
}
