import type { PortalDefaults } from '../portal-calls/call-to-sync';

/** What a deployment says that sets nothing. */
export const PORTAL_DEFAULTS: PortalDefaults = {
  defaultRegion: 'RU',
  cards: 'ringing',
  finishWhen: 'at-end',
  recordingUpload: 'two-step',
};
