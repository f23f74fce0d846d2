import type { MethodHandler } from '../rest/method-call';

/** crm.settings.mode.get: 1 with leads, 2 without. */
export const settingsMode: MethodHandler<'crm.settings.mode.get'> = ({ company }) => ({
  result: company.crmMode === 'leads' ? 1 : 2,
});
