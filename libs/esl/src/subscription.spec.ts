import { MINIMAL_SUBSCRIPTION, subscribeCommand } from './subscription';

it('the minimal subscription is one json command with the subclasses behind CUSTOM', () => {
  expect(subscribeCommand(MINIMAL_SUBSCRIPTION)).toBe(
    'event json CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE ' +
      'CHANNEL_HANGUP_COMPLETE CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_PARK CHANNEL_UNPARK RECORD_START RECORD_STOP ' +
      'BACKGROUND_JOB HEARTBEAT SHUTDOWN CUSTOM callcenter::info fifo::info valet_parking::info conference::maintenance',
  );
});

it('HEARTBEAT and BACKGROUND_JOB are always subscribed, CUSTOM only with subclasses', () => {
  expect(subscribeCommand({ events: ['CUSTOM', 'DTMF'], customSubclasses: [] })).toBe(
    'event json DTMF HEARTBEAT BACKGROUND_JOB',
  );
});
