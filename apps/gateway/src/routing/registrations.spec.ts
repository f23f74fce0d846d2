import { EslCommandError, EslTimeoutError } from '@app/esl';
import { Registrations } from './registrations';

const PHONE =
  '[presence_id=1001@pbx.internal,sip_invite_domain=pbx.internal]sofia/internal/sip:1001@10.0.0.7:5060';
const anna = { extension: '1001', domain: 'pbx.internal' };

function asking(answer: string | Error) {
  const api = jest.fn(() => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)));
  return { api, registrations: new Registrations({ api }, 1_000) };
}

describe('Registrations', () => {
  it('gives all phones of a person, each with what it has to know', async () => {
    const { api, registrations } = asking(`${PHONE},${PHONE};transport=tcp\n`);
    expect(await registrations.contactsOf(anna)).toBe(`${PHONE},${PHONE};transport=tcp`);
    expect(api).toHaveBeenCalledWith(
      'sofia_contact',
      '*/1001@pbx.internal/[presence_id=1001@pbx.internal,sip_invite_domain=pbx.internal]',
      { timeoutMs: 1_000 },
    );
  });

  it('knows who has none', async () => {
    expect(await asking('error/user_not_registered').registrations.contactsOf(anna)).toBeUndefined();
    const refusal = new EslCommandError('api', '-ERR no reply');
    expect(await asking(refusal).registrations.contactsOf(anna)).toBeUndefined();
  });

  it.each([
    `${PHONE}|sofia/gateway/trunk/79161234567`,
    `${PHONE},loopback/1002`,
    `${PHONE}{execute_on_answer=hangup}`,
    `${PHONE} x`,
    `${PHONE}:_:user/1002`,
    `${PHONE}\${system(id)}`,
    `{x=y}${PHONE}`,
    '',
  ])('takes nothing into a dial string that would change it: %j', async (answer) => {
    expect(await asking(answer).registrations.contactsOf(anna)).toBeUndefined();
  });

  it('asks once for callers who come at once', async () => {
    const { api, registrations } = asking(PHONE);
    await Promise.all([registrations.contactsOf(anna), registrations.contactsOf(anna)]);
    expect(api).toHaveBeenCalledTimes(1);
  });

  it('finds a phone that has just moved: what it heard before counts no more', async () => {
    const { api, registrations } = asking(PHONE);
    await registrations.contactsOf(anna);
    api.mockResolvedValueOnce(PHONE.replace('10.0.0.7', '10.0.0.8'));
    expect(await registrations.contactsOf(anna)).toContain('10.0.0.8');
  });

  it('does not remember that the switch did not answer', async () => {
    const { api, registrations } = asking(new EslTimeoutError('api', 1_000, true));
    await expect(registrations.contactsOf(anna)).rejects.toThrow('no answer');
    await expect(registrations.contactsOf(anna)).rejects.toThrow('no answer');
    expect(api).toHaveBeenCalledTimes(2);
  });
});
